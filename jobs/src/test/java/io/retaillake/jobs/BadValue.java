package io.retaillake.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One bad or odd value in one column of an otherwise usual purchase, and where it must land.
 *
 * @param kind what is odd about it
 * @param column the source's column that holds it; {@code customer.residence} for the buyer's
 * @param value it, as text; may be null
 * @param silver columns of {@code silver.purchases} that differ from the usual row's because of it, beside the text itself
 * @param reasons the reasons for which it is rejected; empty where it is kept
 */
record BadValue(String kind, String column, String value, Map<String, String> silver, List<String> reasons) {

    /** The buyer's place of residence, which the joins bring. */
    static final String RESIDENCE = "customer.residence";

    private static final int LONGEST_SHOWN = 24;

    /** A value that does not keep its row out of {@code silver.purchases}; {@code silver} are names, each before its value. */
    static BadValue kept(String kind, String column, String value, String... silver) {
        Map<String, String> differences = new TreeMap<>();
        for (int i = 0; i < silver.length; i += 2) {
            differences.put(silver[i], silver[i + 1]);
        }
        return new BadValue(kind, column, value, differences, List.of());
    }

    /** A value that puts its row among the rejects. */
    static BadValue rejected(String kind, String column, String value, String... reasons) {
        return new BadValue(kind, column, value, Map.of(), Arrays.asList(reasons));
    }

    boolean isKept() {
        return reasons.isEmpty();
    }

    @Override
    public String toString() {
        return column + ": " + kind + " (" + shown() + ") " + (isKept() ? "kept " + silver : "rejected " + reasons);
    }

    private String shown() {
        if (value == null) {
            return "null";
        }
        StringBuilder text = new StringBuilder();
        value.codePoints()
                .limit(LONGEST_SHOWN)
                .forEach(c -> text.append(
                        Character.isISOControl(c)
                                        || Character.isWhitespace(c)
                                        || Character.getType(c) == Character.FORMAT
                                ? String.format("U+%04X", c)
                                : Character.toString(c)));
        return value.length() > LONGEST_SHOWN ? text + "…" : text.toString();
    }
}
