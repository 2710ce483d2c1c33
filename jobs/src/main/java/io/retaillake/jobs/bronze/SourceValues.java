package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.ColumnMapping;
import io.retaillake.common.contract.SourceColumns;
import io.retaillake.common.contract.SourceType;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.source.SourceRelation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Looks for values of the source that the contracts don't allow or that have no equal in the lake, before any is extracted. */
final class SourceValues {

    /** What the source's own constraints may allow and the contract does not. */
    private static final String NULL = "null";

    private static final String NOT_FINITE = " IN ('NaN', 'Infinity', '-Infinity')";

    /**
     * Values that must not be there.
     *
     * @param column the source's column
     * @param what what they are, in words
     * @param condition SQL that is true for them
     */
    private record Unwanted(String column, String what, String condition) {}

    private SourceValues() {}

    /**
     * How many rows each table has in the snapshot of {@code connection}. Costs a scan of each table.
     *
     * @throws JobException exit code 3 naming every column that has values which can't be extracted, and how many
     */
    static List<Long> count(Connection connection, List<TableContract> contracts, List<SourceRelation> relations)
            throws SQLException {
        List<Long> rows = new ArrayList<>();
        List<String> nulls = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < contracts.size(); i++) {
            List<Unwanted> unwanted = unwanted(contracts.get(i), relations.get(i));
            rows.add(count(connection, unwanted, relations.get(i), "", nulls, values));
        }
        refuse(nulls, values);
        return rows;
    }

    /**
     * Makes sure that the rows of a table that meet a condition can be extracted. Costs a scan where a column has a type whose values may
     * have no equal in the lake, else nothing.
     *
     * @throws JobException exit code 3 naming every column that has values which can't be extracted, and how many
     */
    static void require(Connection connection, TableContract contract, SourceRelation relation, String condition)
            throws SQLException {
        List<Unwanted> unwanted = unwanted(contract, relation);
        if (unwanted.isEmpty()) {
            return;
        }
        List<String> nulls = new ArrayList<>();
        List<String> values = new ArrayList<>();
        count(connection, unwanted, relation, " WHERE " + condition, nulls, values);
        refuse(nulls, values);
    }

    private static void refuse(List<String> nulls, List<String> values) {
        List<String> problems = new ArrayList<>();
        if (!nulls.isEmpty()) {
            problems.add("The source has nulls where the contract allows none; nothing was extracted.\n- "
                    + String.join("\n- ", nulls)
                    + "\nFill these values in the source (and declare the columns NOT NULL), then repeat the run with the"
                    + " same --run-id.");
        }
        if (!values.isEmpty()) {
            problems.add("The source has values that the lake can't hold; nothing was extracted.\n- "
                    + String.join("\n- ", values)
                    + "\nCorrect these values in the source, or make them null; or read the column as text by a view."
                    + " Then repeat the run with the same --run-id.");
        }
        if (!problems.isEmpty()) {
            throw JobException.badData(String.join("\n", problems));
        }
    }

    private static long count(
            Connection connection,
            List<Unwanted> unwanted,
            SourceRelation relation,
            String where,
            List<String> nulls,
            List<String> values)
            throws SQLException {
        String counts = unwanted.stream()
                .map(kind -> ", count(*) FILTER (WHERE " + kind.condition() + ")")
                .collect(Collectors.joining());
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*)" + counts + " FROM " + relation.quotedName() + where)) {
            row.next();
            long rows = row.getLong(1);
            for (int i = 0; i < unwanted.size(); i++) {
                Unwanted kind = unwanted.get(i);
                long found = row.getLong(i + 2);
                if (found > 0) {
                    (kind.what().equals(NULL) ? nulls : values)
                            .add(relation.name() + "." + kind.column() + ": " + kind.what() + " in " + found + " of "
                                    + rows + " rows");
                }
            }
            return rows;
        }
    }

    private static List<Unwanted> unwanted(TableContract contract, SourceRelation relation) {
        List<Unwanted> unwanted = new ArrayList<>();
        for (ColumnMapping column : SourceColumns.of(contract)) {
            String name = SourceRelation.quote(column.source());
            if (column.isRequired()) {
                unwanted.add(new Unwanted(column.source(), NULL, name + " IS NULL"));
            }
            switch (column.type().kind()) {
                case NUMERIC -> addNumeric(column, relation.typesByColumn().get(column.source()), unwanted);
                case DATE -> addTime(column, "DATE '0001-01-01'", "DATE '10000-01-01'", unwanted);
                case TIMESTAMP -> addTime(column, "TIMESTAMP '0001-01-01'", "TIMESTAMP '10000-01-01'", unwanted);
                case TIMESTAMP_WITH_TIME_ZONE ->
                    addTime(
                            column,
                            "TIMESTAMPTZ '0001-01-01 00:00+00'",
                            "TIMESTAMPTZ '10000-01-01 00:00+00'",
                            unwanted);
                default -> {
                    // Every value of the type has its equal in the lake.
                }
            }
        }
        return unwanted;
    }

    private static void addNumeric(ColumnMapping column, String declared, List<Unwanted> unwanted) {
        String name = SourceRelation.quote(column.source());
        unwanted.add(new Unwanted(column.source(), "NaN", name + " = 'NaN'"));
        if (!declared.equals("numeric")) {
            return;
        }
        SourceType type = column.type();
        String tooLarge = "1" + "0".repeat(type.precision() - type.scale()) + "::numeric";
        unwanted.add(new Unwanted(column.source(), "infinite", name + "::text IN ('Infinity', '-Infinity')"));
        unwanted.add(new Unwanted(
                column.source(),
                "more digits than " + type.declared() + " has",
                "CASE WHEN " + name + "::text" + NOT_FINITE + " THEN false ELSE " + name + " <> round(" + name + ", "
                        + type.scale() + ") OR abs(" + name + ") >= " + tooLarge + " END"));
    }

    private static void addTime(ColumnMapping column, String first, String end, List<Unwanted> unwanted) {
        String name = SourceRelation.quote(column.source());
        unwanted.add(new Unwanted(column.source(), "infinite", "NOT isfinite(" + name + ")"));
        unwanted.add(new Unwanted(
                column.source(),
                "outside the years 1 to 9999",
                "isfinite(" + name + ") AND (" + name + " < " + first + " OR " + name + " >= " + end + ")"));
    }
}
