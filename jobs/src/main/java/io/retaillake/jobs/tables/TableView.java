package io.retaillake.jobs.tables;

import static org.apache.spark.sql.functions.col;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.sql.ResultTable;
import io.retaillake.common.sql.StatementFailures;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows that a definition gives, as its files are now. */
final class TableView {

    private final Lake lake;
    private final DefinitionTarget target;
    private final Window window;
    private final int limit;

    TableView(Lake lake, DefinitionTarget target, Window window, int limit) {
        this.lake = lake;
        this.target = target;
        this.window = window;
        this.limit = limit;
    }

    /**
     * Prints the first of them by the contract's key, and the time that it took. Costs what the query costs.
     *
     * @throws JobException exit code 2 with all that is wrong with the definition, where an input is not there, or where the query
     *     fails on its rows
     */
    void print(PrintStream out) {
        long begin = System.nanoTime();
        CheckedDefinitions definitions = CheckedDefinitions.read(lake.spark(), target.folder());
        List<String> wrong = definitions.problemsOf(target);
        if (!wrong.isEmpty()) {
            throw CheckedDefinitions.wrong(wrong);
        }
        TableDefinition table = definitions.chosen(target).get(0);
        TableInputs inputs = TableInputs.find(
                lake,
                table,
                definitions.registry(),
                window,
                // No run: what is current.
                (contract, producer, months) -> lake.inputSnapshot(contract, "", producer));
        Problems problems = new Problems();
        Optional<Dataset<Row>> result = QueryResult.of(lake.spark(), table, inputs.rows(), problems);
        if (result.isEmpty()) {
            throw CheckedDefinitions.wrong(problems.messages());
        }
        out.println(table.name() + ", months " + inputs.window());
        print(table, result.get(), out);
        out.printf(Locale.ROOT, "%.1f s%n", (System.nanoTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1));
        out.flush();
    }

    private void print(TableDefinition table, Dataset<Row> result, PrintStream out) {
        Column[] key = table.contract().key().stream().map(name -> col(name)).toArray(Column[]::new);
        try {
            ResultTable.print(
                    key.length == 0 ? result : result.orderBy(key), limit, false, 0, "; --limit shows more", out);
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            Optional<JobException> ofQuery =
                    Failures.find(e, JobException.class).isPresent() ? Optional.empty() : StatementFailures.explain(e);
            if (ofQuery.isPresent()) {
                throw JobException.badArguments(table.query().orElseThrow().sqlFile() + ": "
                        + ofQuery.get().getMessage());
            }
            throw e;
        }
    }
}
