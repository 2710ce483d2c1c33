package io.retaillake.jobs.silver;

import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads numbers that are part of a text. */
final class Digits {

    /** In place of a number: the text has something else there. */
    static final int NONE = -1;

    private Digits() {}

    /** The number from one byte to before another one, at most nine apart; {@link #NONE} unless all are ASCII digits. */
    static int number(UTF8String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = byteAt(text, i) - '0';
            if (digit < 0 || digit > 9) {
                return NONE;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** One byte of a text that has it. */
    static byte byteAt(UTF8String text, int index) {
        return Platform.getByte(text.getBaseObject(), text.getBaseOffset() + index);
    }
}
