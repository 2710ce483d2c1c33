package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.NO_MONTH;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.contract.BronzeTables;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;

/** The month that a purchase row belongs to in bronze: the first six characters of its date where they are one. */
final class SourceMonth {

    static final String COLUMN = BronzeTables.SOURCE_MONTH;

    /** Length of yyyyMM. */
    static final int LENGTH = 6;

    private static final String REAL_MONTH = "(?!0000)[0-9]{4}(0[1-9]|1[0-2])";
    private static final Pattern PATTERN = Pattern.compile(REAL_MONTH);

    private SourceMonth() {}

    /** The month of a date's text, e.g. {@code 201501}; {@code none} where it does not begin with a real month. */
    static Column of(Column purchaseDate) {
        Column prefix = substring(purchaseDate, 1, LENGTH);
        return when(prefix.rlike("^" + REAL_MONTH + "$"), prefix).otherwise(NO_MONTH);
    }

    /** The same for the first six characters of a date, or null. */
    static String of(String prefix) {
        return prefix != null && PATTERN.matcher(prefix).matches() ? prefix : NO_MONTH;
    }
}
