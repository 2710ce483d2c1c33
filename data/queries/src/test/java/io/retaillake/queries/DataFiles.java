package io.retaillake.queries;

import java.util.List;

/**
 * Some of a table's data files.
 *
 * @param table the table with its layer
 * @param rows their rows
 * @param bytes their size
 * @param footerBytes the most that Trino reads to find their footers, before it reads any data
 * @param bytesByColumn the size of each column in them, in the order of the table's columns
 */
record DataFiles(String table, long rows, long bytes, long footerBytes, List<Long> bytesByColumn) {

    private static final int FOOTER_READ_BYTES = 48 * 1024;

    /** The files whose path contains {@code pathPart}. */
    static DataFiles of(Trino trino, String table, String pathPart) {
        List<String> columns = columns(table);
        StringBuilder sums = new StringBuilder("SELECT sum(record_count), sum(file_size_in_bytes),"
                + " sum(least(file_size_in_bytes, " + FOOTER_READ_BYTES + "))");
        for (int fieldId = 1; fieldId <= columns.size(); fieldId++) {
            sums.append(", coalesce(sum(element_at(column_sizes, ")
                    .append(fieldId)
                    .append(")), 0)");
        }
        sums.append(" FROM ").append(table.replace(".", ".\"")).append("$files\" WHERE file_path LIKE '%");
        sums.append(pathPart).append("%'");
        Figures figures = trino.query(sums.toString()).figures();
        List<Long> values = List.of(figures.rows().get(0).split("\\|", -1)).stream()
                .map(Long::valueOf)
                .toList();
        return new DataFiles(table, values.get(0), values.get(1), values.get(2), values.subList(3, values.size()));
    }

    /** The size of the columns from {@code first} to {@code last}; Trino reads along what is less than a megabyte between. */
    long columnBytes(String first, String last) {
        List<String> columns = columns(table);
        return bytesByColumn.subList(columns.indexOf(first), columns.indexOf(last) + 1).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static List<String> columns(String table) {
        return Dictionary.columns().stream()
                .filter(column -> column.table().equals(table))
                .map(Dictionary.Column::name)
                .toList();
    }
}
