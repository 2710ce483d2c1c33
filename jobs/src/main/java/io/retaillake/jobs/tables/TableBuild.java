package io.retaillake.jobs.tables;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableQuery;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.Progress;
import io.retaillake.common.sql.StatementFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Builds one table from its query and publishes it: written on a branch, checked, moved. */
final class TableBuild {

    /** Spark's words for it, of versions 3.5 and 4. */
    private static final List<String> NULL_IN_REQUIRED_COLUMN =
            List.of("Null value appeared in non-nullable field", "NOT_NULL_ASSERT_VIOLATION");

    private final Lake lake;
    private final TableRegistry registry;
    private final JobArguments arguments;
    private final Progress progress;

    /**
     * Builds tables of a run.
     *
     * @param registry all tables that there are
     */
    TableBuild(Lake lake, TableRegistry registry, JobArguments arguments, Progress progress) {
        this.lake = lake;
        this.registry = registry;
        this.arguments = arguments;
        this.progress = progress;
    }

    /**
     * Builds and publishes a table.
     *
     * @param step what to call it where progress is shown
     * @return the rows that were read; empty where the run has published it before
     * @throws JobException exit code 2 where an input is not there or the query fails on its rows, 3 where a check fails; the table
     *     is as it was
     */
    Optional<Long> publish(TableDefinition table, String step) {
        TableQuery query = table.query().orElseThrow();
        Run run = new Run(
                arguments.runId(),
                "BuildTable",
                new TreeMap<>(Map.of(
                        "table", table.name(),
                        "definition", query.version(),
                        "window", arguments.window().toString())));
        long[] rowsRead = {0};
        boolean built = Publication.run(
                lake, run, List.of(table.contract()), publication -> rowsRead[0] = build(table, publication, step));
        return built ? Optional.of(rowsRead[0]) : Optional.empty();
    }

    private long build(TableDefinition table, Publication publication, String step) {
        TableContract contract = table.contract();
        Window window = TableInputs.months(table, arguments.window());
        TableInputs inputs = TableInputs.find(lake, table, registry, arguments.window(), publication::input);
        long rowsRead = inputs.count();
        progress.step("build " + step, rowsRead);
        Dataset<Row> result = result(table, inputs);
        explained(
                table,
                () -> publication.write(
                        contract,
                        result,
                        table.query()
                                .orElseThrow()
                                .monthColumn()
                                .map(month -> OverwriteFilter.ofMonths(month, window))
                                .orElse(OverwriteFilter.everything())),
                result);
        progress.step("check " + step, 0);
        TableChecks.Result checked =
                new TableChecks(lake, table, registry, window).of(publication.writtenSnapshotId(contract), inputs);
        checked.totals().record(publication, table);
        publication.publish(checked.checks(), List.of());
        return rowsRead;
    }

    private Dataset<Row> result(TableDefinition table, TableInputs inputs) {
        Problems problems = new Problems();
        Optional<Dataset<Row>> result = QueryResult.of(lake.spark(), table, inputs.rows(), problems);
        problems.throwIfAny(table.name() + " can't be built; nothing was touched.");
        return result.orElseThrow();
    }

    private static void explained(TableDefinition table, Runnable write, Dataset<Row> result) {
        try {
            write.run();
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            if (isNullInRequiredColumn(e)) {
                throw nulls(table, result);
            }
            Optional<JobException> ofQuery =
                    Failures.find(e, JobException.class).isPresent() ? Optional.empty() : StatementFailures.explain(e);
            if (ofQuery.isPresent()) {
                throw JobException.badArguments(table.name() + " was not published; readers still see it as it was.\n"
                        + table.query().orElseThrow().sqlFile() + ": "
                        + ofQuery.get().getMessage());
            }
            throw e;
        }
    }

    private static boolean isNullInRequiredColumn(Throwable failure) {
        return Failures.causes(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .anyMatch(message -> NULL_IN_REQUIRED_COLUMN.stream().anyMatch(message::contains));
    }

    /** Runs the query once more to say all that is null. */
    private static JobException nulls(TableDefinition table, Dataset<Row> result) {
        List<String> required = table.contract().columns().stream()
                .filter(column -> !column.nullable())
                .map(io.retaillake.common.contract.Column::name)
                .toList();
        Column[] counts =
                required.stream().map(name -> count_if(col(name).isNull())).toArray(Column[]::new);
        Row row = result.select(counts).head();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < required.size(); i++) {
            if (row.getLong(i) > 0) {
                lines.add(required.get(i) + ": null in " + row.getLong(i) + " rows");
            }
        }
        return JobException.badData(table.name() + " did not publish: columns that are required have no value.\n- "
                + String.join("\n- ", lines)
                + "\nReaders still see the table as it was. Give these columns a value in "
                + table.query().orElseThrow().sqlFile() + ", or take 'required: true' from its contract.");
    }
}
