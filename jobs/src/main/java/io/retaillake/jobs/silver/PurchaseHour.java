package io.retaillake.jobs.silver;

import org.apache.spark.unsafe.types.UTF8String;

/** Reads the source's hours: {@code H}, {@code HH} or {@code HH:mm} in ASCII digits. */
final class PurchaseHour {

    /** In place of an hour: the text is none. */
    static final int NONE = Digits.NONE;

    private static final int CLOCK_LENGTH_BYTES = 5;
    private static final int HOURS = 24;
    private static final int MINUTES = 60;

    private PurchaseHour() {}

    /** The hour, 0 to 23; {@link #NONE} where {@code text} is none. */
    static int of(UTF8String text) {
        if (text == null) {
            return NONE;
        }
        int hour = switch (text.numBytes()) {
            case 1, 2 -> Digits.number(text, 0, text.numBytes());
            case CLOCK_LENGTH_BYTES -> isClock(text) ? Digits.number(text, 0, 2) : NONE;
            default -> NONE;
        };
        return hour < HOURS ? hour : NONE;
    }

    private static boolean isClock(UTF8String text) {
        int minute = Digits.number(text, 3, CLOCK_LENGTH_BYTES);
        return Digits.byteAt(text, 2) == ':' && minute != Digits.NONE && minute < MINUTES;
    }
}
