package io.retaillake.jobs.ops.report;

import io.retaillake.common.sales.Sales;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.types.Comparators;

/**
 * A small table that a report's page draws from.
 *
 * @param columns the columns' names
 * @param rows the values, each null, a text, a number or a truth; dates as ISO text
 */
record ReportSection(List<String> columns, List<List<Object>> rows) {

    private static final Comparator<Object> NULLS_LAST = Comparator.nullsLast(ReportSection::compareValues);

    /** Orders rows by their columns from left to right, strings as their UTF-8 bytes are, nulls last. */
    static final Comparator<List<Object>> BY_COLUMNS = ReportSection::compareRows;

    /** Orders {@code rows}, so that the same ones make the same page. */
    static ReportSection of(List<String> columns, Stream<List<Object>> rows) {
        return new ReportSection(
                columns, rows.map(ReportSection::shown).sorted(BY_COLUMNS).toList());
    }

    /** One row for each key, with its columns, {@code amount} and {@code purchases}. */
    static ReportSection of(List<String> key, Map<List<Object>, Sales> sales) {
        return of(
                Stream.concat(key.stream(), Stream.of("amount", "purchases")).toList(),
                sales.entrySet().stream()
                        .map(row -> Stream.concat(
                                        row.getKey().stream(),
                                        Stream.of(
                                                row.getValue().amount(),
                                                row.getValue().purchases()))
                                .toList()));
    }

    private static List<Object> shown(List<Object> row) {
        return Arrays.asList(row.stream()
                .map(value -> value instanceof LocalDate ? value.toString() : value)
                .toArray());
    }

    private static int compareRows(List<Object> left, List<Object> right) {
        for (int column = 0; column < left.size(); column++) {
            int order = NULLS_LAST.compare(left.get(column), right.get(column));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** A column's values are of one type, and each type has an order. */
    @SuppressWarnings("unchecked")
    private static int compareValues(Object left, Object right) {
        return left instanceof String text
                ? Comparators.charSequences().compare(text, (String) right)
                : ((Comparable<Object>) left).compareTo(right);
    }
}
