package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares tables as bags of rows. */
final class Rows {

    private static final int MOST_SHOWN = 10;

    private Rows() {}

    /** Fails with some of the rows that only one side has, or has more often. */
    static void assertEqual(String what, List<String> actual, List<String> expected) {
        Map<String, Integer> surplus = new TreeMap<>();
        actual.forEach(row -> surplus.merge(row, 1, Integer::sum));
        expected.forEach(row -> surplus.merge(row, -1, Integer::sum));
        surplus.values().removeIf(count -> count == 0);
        List<String> shown = new ArrayList<>();
        surplus.forEach((row, count) -> shown.add((count > 0 ? "only in the lake: " : "only expected: ") + row));
        assertThat(shown.subList(0, Math.min(MOST_SHOWN, shown.size())))
                .as("%s: %d rows, expected %d", what, actual.size(), expected.size())
                .isEqualTo(Collections.emptyList());
        assertThat(actual).as(what).isNotEmpty();
    }
}
