package io.retaillake.common.contract;

import java.util.List;
import java.util.stream.Collectors;

/** The table contracts as Markdown for analysts: {@code data/dictionary.md}. A test keeps the file up to date. */
public final class DataDictionary {

    private DataDictionary() {}

    /** The dictionary of some tables as Markdown. */
    public static String markdown(List<TableContract> contracts) {
        String tables = contracts.stream().map(DataDictionary::table).collect(Collectors.joining("\n"));
        return """
                # Data dictionary

                Every table of the lakehouse, generated from the contracts that the jobs write by. Types are Spark's; amounts are in KRW,
                dates and hours in `Asia/Seoul`. The same descriptions, but for the examples, are the tables' and columns' comments in the catalog.
                Athena calls string varchar, int integer, timestamp timestamp with time zone, and timestamp_ntz timestamp.

                """ + tables;
    }

    private static String table(TableContract table) {
        String columns =
                table.columns().stream().map(column -> column(table, column)).collect(Collectors.joining());
        return "## " + table.qualifiedName() + "\n\n"
                + table.grain() + "\n" + table.koreanGrain() + "\n\n"
                + "- Key: " + names(table.key()) + "\n"
                + "- Partitioned by: "
                + names(table.partitions().stream()
                        .map(PartitionField::toString)
                        .toList()) + "\n"
                + "- Folder: `" + table.folder() + "`\n\n"
                + "| column | type | null | meaning | 설명 | example |\n|---|---|---|---|---|---|\n"
                + columns;
    }

    private static String column(TableContract table, Column column) {
        return "| `" + column.name() + "` | " + column.type().simpleString() + " | "
                + (column.nullable() ? "yes" : "no") + " | " + cell(column.meaning()) + " | "
                + cell(column.koreanMeaning()) + " | " + example(Examples.of(table, column)) + " |\n";
    }

    private static String example(String text) {
        return text.isBlank() ? "" : "`" + cell(text) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String names(List<String> names) {
        return names.isEmpty()
                ? "none"
                : names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
