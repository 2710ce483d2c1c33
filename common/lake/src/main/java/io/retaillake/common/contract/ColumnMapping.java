package io.retaillake.common.contract;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of a column of the source. Bronze's contracts, the extraction's queries, the comparison with the source's tables and
 * the files' encoding follow from it, and for purchases the columns that silver takes as they are.
 *
 * @param source the column's name in the source, to the letter
 * @param type its type there
 * @param bronze its name in bronze
 * @param isRequired whether bronze wants a value in each row
 * @param isInSilver whether {@code silver.purchases} has it as it is, under bronze's name; not where silver does not have it, or reads
 *     more out of it than a copy ({@code PurchaseParser})
 * @param meaning what the value means, its unit and what null stands for, in one English sentence
 * @param koreanMeaning the same in Korean
 * @param example a value as an analyst may see it; empty where {@link Examples} knows the name or the type tells enough
 */
public record ColumnMapping(
        String source,
        SourceType type,
        String bronze,
        boolean isRequired,
        boolean isInSilver,
        String meaning,
        String koreanMeaning,
        Optional<String> example) {

    private static final Pattern LAKE_NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** A column that has a value in every row; where the source has nulls in it, its extraction is refused. */
    public static ColumnMapping required(String source, SourceType type, String meaning, String koreanMeaning) {
        return new ColumnMapping(source, type, source, true, false, meaning, koreanMeaning, Optional.empty());
    }

    /** A column that may be null; {@code meaning} says what null stands for. */
    public static ColumnMapping optional(String source, SourceType type, String meaning, String koreanMeaning) {
        return new ColumnMapping(source, type, source, false, false, meaning, koreanMeaning, Optional.empty());
    }

    /** The same under another name in the lake, which has lower-case letters, digits and underscores only. */
    public ColumnMapping as(String name) {
        return new ColumnMapping(source, type, name, isRequired, isInSilver, meaning, koreanMeaning, example);
    }

    /** The same, taken into {@code silver.purchases} as it is, where it may be null: older rows have no value. */
    public ColumnMapping inSilver() {
        return new ColumnMapping(source, type, bronze, isRequired, true, meaning, koreanMeaning, example);
    }

    /** The same with an example for the data dictionary. */
    public ColumnMapping example(String value) {
        return new ColumnMapping(
                source, type, bronze, isRequired, isInSilver, meaning, koreanMeaning, Optional.of(value));
    }

    /**
     * The column of bronze.
     *
     * @throws IllegalArgumentException if it has a name that the lake can't have
     */
    public Column bronzeColumn() {
        if (!LAKE_NAME.matcher(bronze).matches()) {
            throw new IllegalArgumentException("The source's column " + source + " can't be named " + bronze
                    + " in the lake; give it a name of lower-case letters, digits and underscores by as(…)");
        }
        return new Column(bronze, type.lakeType(), !isRequired, meaning, koreanMeaning, "");
    }

    /** The column of {@code silver.purchases}, if that has it as it is. */
    Column silverColumn() {
        return Column.optional(bronze, type.lakeType(), meaning, koreanMeaning);
    }
}
