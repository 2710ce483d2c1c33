package io.retaillake.common.accesslog;

import io.retaillake.common.json.JsonScanner.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An {@code ArrivalTimeStamp}: seconds since 1970 below 10<sup>11</sup>, milliseconds from there on (which is the year 5138 or March 1973).
 *
 * @param millis milliseconds since 1970, rounded down; null if the value isn't understood
 * @param exact whether {@code millis} says all: the value is a number and has no smaller fraction
 */
record ArrivalTime(Long millis, boolean exact) {

    static final String FIELD = "ArrivalTimeStamp";

    private static final ArrivalTime UNKNOWN = new ArrivalTime(null, false);
    private static final BigDecimal FIRST_MILLIS = BigDecimal.valueOf(100_000_000_000L);
    private static final BigDecimal END = BigDecimal.valueOf(100_000_000_000_000L);
    private static final int LONGEST = 40;

    /** Reads a JSON value: a number, or a string with one in it. */
    static ArrivalTime of(Kind kind, String json) {
        boolean isString = kind == Kind.STRING;
        String number = isString ? json.substring(1, json.length() - 1) : json;
        if ((kind != Kind.NUMBER && !isString) || number.length() > LONGEST) {
            return UNKNOWN;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(number);
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
        // A large exponent would be written out.
        if (Math.abs((long) value.scale()) > LONGEST || value.signum() < 0 || value.compareTo(END) >= 0) {
            return UNKNOWN;
        }
        BigDecimal millis = value.compareTo(FIRST_MILLIS) < 0 ? value.movePointRight(3) : value;
        BigDecimal whole = millis.setScale(0, RoundingMode.FLOOR);
        return new ArrivalTime(whole.longValueExact(), !isString && whole.compareTo(millis) == 0);
    }
}
