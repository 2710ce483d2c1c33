package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.source.SourceCatalog;
import io.retaillake.common.source.SourceRelation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The columns in which the contracts allow no null; the source's own constraints may allow it. */
final class RequiredColumns {

    private RequiredColumns() {}

    /**
     * How many rows each table has in the snapshot of {@code connection}. Costs a scan of each table.
     *
     * @throws JobException exit code 3 naming every required column that has nulls
     */
    static List<Long> count(Connection connection, List<TableContract> contracts, List<SourceRelation> relations)
            throws SQLException {
        List<Long> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < contracts.size(); i++) {
            rows.add(count(connection, contracts.get(i), relations.get(i), problems));
        }
        if (!problems.isEmpty()) {
            throw JobException.badData("The source has nulls where the contract allows none; nothing was extracted.\n- "
                    + String.join("\n- ", problems)
                    + "\nFill these values in the source (and declare the columns NOT NULL), then repeat the run with the"
                    + " same --run-id.");
        }
        return rows;
    }

    private static long count(
            Connection connection, TableContract contract, SourceRelation relation, List<String> problems)
            throws SQLException {
        List<String> required = SourceCatalog.sourceColumns(contract).stream()
                .filter(column -> !column.nullable())
                .map(Column::name)
                .toList();
        String counts = required.stream()
                .map(column -> ", count(" + SourceRelation.quote(column) + ")")
                .collect(Collectors.joining());
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*)" + counts + " FROM " + relation.quotedName())) {
            row.next();
            long rows = row.getLong(1);
            for (int i = 0; i < required.size(); i++) {
                long nulls = rows - row.getLong(i + 2);
                if (nulls > 0) {
                    problems.add(
                            relation.name() + "." + required.get(i) + ": null in " + nulls + " of " + rows + " rows");
                }
            }
            return rows;
        }
    }
}
