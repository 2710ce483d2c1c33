package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.make_date;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Reads the source's dates: eight ASCII digits {@code yyyyMMdd} that are a day of the calendar. */
final class PurchaseDate {

    private static final int LENGTH_BYTES = 8;
    private static final int SMALLEST_WITHOUT_LEADING_ZERO = 10_000_000;
    private static final int YEAR_UNIT = 10_000;
    private static final int MONTH_UNIT = 100;

    private PurchaseDate() {}

    /** The day that the text in {@code column} names; null where it names none. Year 0000 is none. */
    static Column of(String column) {
        Column text = new Column(column);
        Column number = expr("try_cast(`" + column + "` AS int)");
        // Eight bytes that are a number of eight digits are these digits.
        // A smaller number may have had a sign, a blank or a point, unless it becomes the text again.
        Column isDigits = octet_length(text)
                .equalTo(LENGTH_BYTES)
                .and(number.geq(SMALLEST_WITHOUT_LEADING_ZERO)
                        .or(number.geq(YEAR_UNIT)
                                .and(lpad(number.cast(DataTypes.StringType), LENGTH_BYTES, "0")
                                        .equalTo(text))));
        Column year = number.divide(YEAR_UNIT).cast(DataTypes.IntegerType);
        Column month = number.mod(YEAR_UNIT).divide(MONTH_UNIT).cast(DataTypes.IntegerType);
        return when(isDigits, make_date(year, month, number.mod(MONTH_UNIT)));
    }
}
