package io.retaillake.jobs.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * A small table that a report's page draws from.
 *
 * @param columns the columns' names
 * @param rows the values, each null, a text, a number or a truth; dates as ISO text
 */
record ReportSection(List<String> columns, List<List<Object>> rows) {

    /** Collects {@code table} in the order of its columns from left to right, so that the same rows make the same page. */
    static ReportSection of(Dataset<Row> table) {
        Column[] order = Arrays.stream(table.columns())
                .map(name -> functions.col(name).asc_nulls_last())
                .toArray(Column[]::new);
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : table.orderBy(order).collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < row.size(); column++) {
                Object value = row.get(column);
                values.add(value instanceof java.sql.Date ? value.toString() : value);
            }
            rows.add(values);
        }
        return new ReportSection(List.of(table.columns()), rows);
    }
}
