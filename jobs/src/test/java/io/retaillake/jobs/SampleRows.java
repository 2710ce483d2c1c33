package io.retaillake.jobs;

import static org.apache.spark.sql.functions.col;

import io.retaillake.common.contract.TableContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The sample rows of the source's tables. */
public final class SampleRows {

    private static final String FOLDER = "/io/retaillake/source/sample/";
    private static final String NULL = "(null)";

    private SampleRows() {}

    /** A table's sample rows, all columns as text, notes included. */
    public static Dataset<Row> text(SparkSession spark, String table) {
        return spark.read()
                .option("header", true)
                .option("nullValue", NULL)
                .option("emptyValue", "")
                .csv(spark.createDataset(lines(table), Encoders.STRING()));
    }

    /** A table's sample rows with the source's columns and types. */
    public static Dataset<Row> typed(SparkSession spark, TableContract contract) {
        Dataset<Row> text = text(spark, contract.name());
        List<String> names = List.of(text.columns());
        return text.select(contract.columns().stream()
                .filter(column -> names.contains(column.name()))
                .map(column -> col(column.name()).cast(column.type()))
                .toArray(Column[]::new));
    }

    private static List<String> lines(String table) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                SampleRows.class.getResourceAsStream(FOLDER + table + ".csv"), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
