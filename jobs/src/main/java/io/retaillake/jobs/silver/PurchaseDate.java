package io.retaillake.jobs.silver;

import java.time.LocalDate;
import java.time.YearMonth;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads the source's dates: eight ASCII digits {@code yyyyMMdd} that are a day of the calendar. */
final class PurchaseDate {

    /** In place of a day: the text is none. */
    static final int NONE = Integer.MIN_VALUE;

    private static final int LENGTH_BYTES = 8;
    private static final int YEAR_UNIT = 10_000;
    private static final int MONTH_UNIT = 100;
    private static final int MONTHS = 12;

    private PurchaseDate() {}

    /** The day that {@code text} names, in days since 1970; {@link #NONE} where it names none. Year 0000 is none. */
    static int epochDay(UTF8String text) {
        if (text == null || text.numBytes() != LENGTH_BYTES) {
            return NONE;
        }
        int number = Digits.number(text, 0, LENGTH_BYTES);
        return epochDay(number / YEAR_UNIT, number % YEAR_UNIT / MONTH_UNIT, number % MONTH_UNIT);
    }

    private static int epochDay(int year, int month, int day) {
        boolean isDay = year > 0
                && month > 0
                && month <= MONTHS
                && day > 0
                && day <= YearMonth.of(year, month).lengthOfMonth();
        return isDay ? Math.toIntExact(LocalDate.of(year, month, day).toEpochDay()) : NONE;
    }
}
