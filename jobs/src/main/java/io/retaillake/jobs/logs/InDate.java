package io.retaillake.jobs.logs;

import io.retaillake.common.accesslog.FieldValue;
import io.retaillake.common.accesslog.FieldValue.Form;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The time of a record, by the clock of its source: a date, an hour and a minute, which the collector has understood, then perhaps seconds, their
 * fraction, and a zone.
 *
 * @param time to microseconds; what is below is left out, as is the zone
 * @param otherText the time as it was written, where that is not {@code yyyy-MM-dd HH:mm:ss.ffffff}; else null
 */
record InDate(LocalDateTime time, String otherText) {

    private static final int SECONDS = 17;
    private static final int FRACTION = 20;
    private static final int MICROS_DIGITS = 6;
    private static final int CANONICAL_LENGTH = FRACTION + MICROS_DIGITS;
    private static final int NANOS_OF_MICRO = 1000;
    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    /** The time in microseconds since 1970, as Spark keeps it. */
    long micros() {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    /**
     * Reads it.
     *
     * @param hour the number of the hour that it must be in
     * @throws DateTimeException if it is no time, or of another hour
     */
    static InDate of(FieldValue value, long hour) {
        if (value == null || value.form() != Form.STRING) {
            throw new DateTimeException("a record has no text in in_date");
        }
        LocalDateTime time = time(value.text());
        if (LogPositions.hourOf(time) != hour) {
            throw new DateTimeException("a record is of another hour");
        }
        return new InDate(time, isCanonical(value.text()) ? null : value.text());
    }

    private static boolean isCanonical(String text) {
        return text.length() == CANONICAL_LENGTH
                && text.charAt(10) == ' '
                && text.charAt(FRACTION - 1) == '.'
                && isDigit(text, CANONICAL_LENGTH - 1);
    }

    private static LocalDateTime time(String text) {
        try {
            boolean hasSeconds = text.length() > SECONDS && text.charAt(SECONDS - 1) == ':';
            return LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    hasSeconds ? number(text, SECONDS, SECONDS + 2) : 0,
                    hasSeconds ? micros(text) * NANOS_OF_MICRO : 0);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new DateTimeException("a record has no time in in_date", e);
        }
    }

    private static int micros(String text) {
        int micros = 0;
        int position = FRACTION;
        boolean hasFraction = text.length() > FRACTION && ".,".indexOf(text.charAt(FRACTION - 1)) >= 0;
        for (int digits = 0; digits < MICROS_DIGITS; digits++) {
            micros *= 10;
            if (hasFraction && isDigit(text, position)) {
                micros += text.charAt(position) - '0';
                position++;
            }
        }
        return micros;
    }

    private static boolean isDigit(String text, int position) {
        return position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9';
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
