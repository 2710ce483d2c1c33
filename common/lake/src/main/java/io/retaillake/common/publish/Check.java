package io.retaillake.common.publish;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * One thing that must hold before tables are published, and whether it did.
 *
 * @param name what must hold, in words, e.g. {@code rows: silver + rejects = bronze}
 * @param expected the value that it must have
 * @param actual the value that it has
 * @param passed whether it holds
 */
public record Check(String name, String expected, String actual, boolean passed) {

    /** The two values must be equal. */
    public static Check equal(String name, Object expected, Object actual) {
        return new Check(name, String.valueOf(expected), String.valueOf(actual), Objects.equals(expected, actual));
    }

    /** The two amounts must be equal as numbers, whatever their scale; null is none. */
    public static Check equalAmounts(String name, BigDecimal expected, BigDecimal actual) {
        BigDecimal left = Objects.requireNonNullElse(expected, BigDecimal.ZERO);
        BigDecimal right = Objects.requireNonNullElse(actual, BigDecimal.ZERO);
        return new Check(name, left.toPlainString(), right.toPlainString(), left.compareTo(right) == 0);
    }

    @Override
    public String toString() {
        return name + ": expected " + expected + ", actual " + actual + (passed ? "" : " - FAILED");
    }
}
