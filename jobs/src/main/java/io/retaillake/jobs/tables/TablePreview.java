package io.retaillake.jobs.tables;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.spark.SparkInternals;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;

/** Shows what a table's build would do: its inputs, months, plan, and some of its rows. Publishes nothing. */
final class TablePreview {

    private final Lake lake;
    private final TableRegistry registry;
    private final Window window;
    private final int sampleRows;

    TablePreview(Lake lake, TableRegistry registry, Window window, int sampleRows) {
        this.lake = lake;
        this.registry = registry;
        this.window = window;
        this.sampleRows = sampleRows;
    }

    /**
     * Prints it. Costs what the query costs, but for the writing.
     *
     * @throws JobException exit code 2 where an input is not there, or the query fails
     */
    void print(TableDefinition table, String runId, PrintStream out) {
        TableInputs inputs = TableInputs.find(
                lake,
                table,
                registry,
                window,
                (contract, producer, months) -> lake.inputSnapshot(contract, runId, producer));
        out.println(table.name() + " (" + table.query().orElseThrow().sqlFile() + ")");
        out.println(
                "  months: " + inputs.window() + (lake.find(table.contract()).isPresent() ? "" : "; a new table"));
        inputs.snapshotIds().forEach((input, id) -> out.println("  input:  " + input + " at snapshot " + id));
        out.printf(Locale.ROOT, "  rows to read: %,d%n", inputs.count());
        Problems problems = new Problems();
        Optional<Dataset<Row>> result = QueryResult.of(lake.spark(), table, inputs.rows(), problems);
        problems.throwIfAny(table.name() + " can't be built; nothing was touched.");
        out.println(result.orElseThrow()
                .queryExecution()
                .explainString(ExplainMode.fromString("simple"))
                .strip()
                .indent(2));
        out.println(SparkInternals.table(result.orElseThrow(), sampleRows, 40));
        out.flush();
    }
}
