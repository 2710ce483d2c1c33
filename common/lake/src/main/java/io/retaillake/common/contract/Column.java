package io.retaillake.common.contract;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;

/**
 * A column of a table contract.
 *
 * @param name the column's name, lower case with underscores
 * @param type its Spark type; Athena has no tinyint and no smallint, so neither is used
 * @param nullable whether a row may have no value here
 * @param meaning what the value means, its unit and what null stands for, in one English sentence
 * @param koreanMeaning the same for the analysts, in Korean
 * @param example a value as an analyst may see it; blank where {@link Examples} has one
 */
public record Column(
        String name, DataType type, boolean nullable, String meaning, String koreanMeaning, String example) {

    /** A column that has a value in every row. */
    public static Column required(String name, DataType type, String meaning, String koreanMeaning) {
        return new Column(name, type, false, meaning, koreanMeaning, "");
    }

    /** A column that may be null; {@code meaning} says what null stands for. */
    public static Column optional(String name, DataType type, String meaning, String koreanMeaning) {
        return new Column(name, type, true, meaning, koreanMeaning, "");
    }

    /** The same column with a value as an analyst may see it. */
    public Column withExample(String value) {
        return new Column(name, type, nullable, meaning, koreanMeaning, value);
    }

    /** The comment that the catalog shows: English, then Korean. */
    public String comment() {
        return meaning + " / " + koreanMeaning;
    }

    StructField field() {
        return new StructField(name, type, nullable, Metadata.empty()).withComment(comment());
    }
}
