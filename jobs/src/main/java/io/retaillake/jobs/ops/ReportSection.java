package io.retaillake.jobs.ops;

import java.sql.Date;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A small table that a report's page draws from.
 *
 * @param columns the columns' names
 * @param rows the values, each null, a text, a number or a truth; dates as ISO text
 */
record ReportSection(List<String> columns, List<List<Object>> rows) {

    /** A column's values are of one type, and each type has an order. */
    @SuppressWarnings("unchecked")
    private static final Comparator<Object> NULLS_LAST =
            Comparator.nullsLast((left, right) -> ((Comparable<Object>) left).compareTo(right));

    /** Collects {@code table} in the order of its columns from left to right, so that the same rows make the same page. */
    static ReportSection of(Dataset<Row> table) {
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : table.collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < row.size(); column++) {
                Object value = row.get(column);
                values.add(value instanceof Date ? value.toString() : value);
            }
            rows.add(values);
        }
        // Not by Spark, which would compute everything twice to find out how to divide the sorting.
        rows.sort(ReportSection::compare);
        return new ReportSection(List.of(table.columns()), rows);
    }

    private static int compare(List<Object> left, List<Object> right) {
        for (int column = 0; column < left.size(); column++) {
            int order = NULLS_LAST.compare(left.get(column), right.get(column));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
