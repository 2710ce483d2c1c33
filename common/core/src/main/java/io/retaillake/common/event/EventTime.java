package io.retaillake.common.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Reads an event's time: {@code 2026-11-28T10:05:07.123456+09:00}.
 *
 * <p>Seconds, their fraction (of 1 to 9 digits, cut to microseconds) and the zone may be missing; a space may stand for the {@code T}; the zone
 * is {@code Z}, {@code +09:00}, {@code +0900} or {@code +09}. Without a zone the time is UTC, which is what the producers' clocks
 * write ({@code utcnow().isoformat()}); a producer that writes the time of Seoul has to say so.
 */
final class EventTime {

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int MAX_OFFSET_SECONDS = 18 * 3600;

    private final String text;
    private int position;
    private boolean valid = true;

    private EventTime(String text) {
        this.text = text;
    }

    /** The moment, to the microsecond; null if the text isn't a time, or there is no such day or hour. */
    static Instant parse(String text) {
        return new EventTime(text).instant();
    }

    private Instant instant() {
        int year = digits(4);
        require(take('-'));
        int month = digits(2);
        require(take('-'));
        int day = digits(2);
        require(take('T') || take('t') || take(' '));
        int hour = digits(2);
        require(take(':'));
        int minute = digits(2);
        int second = take(':') ? digits(2) : 0;
        int micros = position > 16 && (take('.') || take(',')) ? fraction() : 0;
        int offset = offsetSeconds();
        require(position == text.length());
        require(month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60);
        if (!valid || day < 1 || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY
                + hour * 3600L
                + minute * 60L
                + second
                - offset;
        return Instant.ofEpochSecond(seconds, micros * 1000L);
    }

    private int fraction() {
        int first = position;
        int micros = 0;
        int digit = digit();
        for (; digit >= 0; digit = digit()) {
            if (position - first < 6) {
                micros = micros * 10 + digit;
            }
            position++;
        }
        int length = position - first;
        require(length >= 1 && length <= 9);
        for (int i = length; i < 6; i++) {
            micros *= 10;
        }
        return micros;
    }

    private int offsetSeconds() {
        if (position == text.length() || take('Z') || take('z')) {
            return 0;
        }
        boolean west = take('-');
        require(west || take('+'));
        int seconds = digits(2) * 3600;
        if (position < text.length()) {
            take(':');
            int minutes = digits(2);
            require(minutes < 60);
            seconds += minutes * 60;
        }
        require(seconds <= MAX_OFFSET_SECONDS);
        return west ? -seconds : seconds;
    }

    private int digits(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            int digit = digit();
            if (digit < 0) {
                valid = false;
                return 0;
            }
            number = number * 10 + digit;
            position++;
        }
        return number;
    }

    private int digit() {
        if (position == text.length()) {
            return -1;
        }
        char c = text.charAt(position);
        return c >= '0' && c <= '9' ? c - '0' : -1;
    }

    private boolean take(char expected) {
        if (position < text.length() && text.charAt(position) == expected) {
            position++;
            return true;
        }
        return false;
    }

    private void require(boolean condition) {
        valid &= condition;
    }
}
