package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.NO_MONTH;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.contract.BronzeTables;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.spark.sql.Column;

/** The month that a purchase row belongs to in bronze: the first six characters of its date where they are one. */
final class SourceMonth {

    static final String COLUMN = BronzeTables.SOURCE_MONTH;

    /** Length of yyyyMM. */
    static final int LENGTH = 6;

    /** The number that stands for no month. */
    static final int NO_NUMBER = 0;

    private static final int YEAR_FACTOR = 100;
    private static final int MONTHS_PER_YEAR = 12;
    private static final int DECIMAL_BASE = 10;

    private SourceMonth() {}

    /** The month of a date's text, e.g. {@code 201501}; {@code none} where it does not begin with a real month. */
    static Column of(Column purchaseDate) {
        Column prefix = substring(purchaseDate, 1, LENGTH);
        Column number = prefix.cast("int");
        // A number's digits, padded, are the prefix only if it is nothing but digits; a regular expression costs more.
        Column isNumber = lpad(number.cast("string"), LENGTH, "0").equalTo(prefix);
        Column isMonth = number.mod(YEAR_FACTOR).between(1, MONTHS_PER_YEAR).and(number.geq(YEAR_FACTOR));
        return when(isNumber.and(isMonth), prefix).otherwise(NO_MONTH);
    }

    /** The same for the first six characters of a date, or null. */
    static String of(String prefix) {
        if (prefix == null) {
            return NO_MONTH;
        }
        byte[] text = prefix.getBytes(StandardCharsets.UTF_8);
        return name(number(text, 0, text.length));
    }

    /** The month of the date that is {@code length} bytes of text, e.g. 201501; {@link #NO_NUMBER} where it has none. */
    static int number(byte[] text, int start, int length) {
        if (length < LENGTH) {
            return NO_NUMBER;
        }
        int number = 0;
        for (int i = start; i < start + LENGTH; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit >= DECIMAL_BASE) {
                return NO_NUMBER;
            }
            number = number * DECIMAL_BASE + digit;
        }
        int month = number % YEAR_FACTOR;
        return number >= YEAR_FACTOR && month >= 1 && month <= MONTHS_PER_YEAR ? number : NO_NUMBER;
    }

    /** The month that a number of {@link #number(byte[], int, int)} stands for. */
    static String name(int number) {
        return number == NO_NUMBER ? NO_MONTH : String.format(Locale.ROOT, "%0" + LENGTH + "d", number);
    }
}
