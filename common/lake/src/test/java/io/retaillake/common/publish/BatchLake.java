package io.retaillake.common.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.common.lake.Lake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A lake with tables of keys and values that a query writes. */
final class BatchLake {

    static final TableContract EVENTS = contract("events");
    static final TableContract REJECTS = contract("rejects");
    static final String QUERY = "orders";

    private final Path folder;
    private Lake lake;

    BatchLake(Path folder) {
        this.folder = folder;
        restart();
    }

    /** From here on another process works on the lake. */
    void restart() {
        lake = LocalLakes.open(folder);
    }

    Lake lake() {
        return lake;
    }

    /** A batch of one partition. */
    static Batch batch(String id, long from, long to) {
        return batch(id, Map.of("p0", from), Map.of("p0", to));
    }

    static Batch batch(String id, Map<String, Long> from, Map<String, Long> to) {
        return new Batch(QUERY, id, new PositionRange(SourcePositions.of(from), SourcePositions.of(to)));
    }

    BatchPublication.Result append(Batch batch, String... rows) {
        return BatchPublication.run(lake, batch, List.of(EVENTS), publication -> {
            publication.append(EVENTS, data(rows));
            publication.publish(List.of(publication.everyRowWritten(rows.length)));
        });
    }

    BatchPublication.Result merge(Batch batch, MergeRule rule, String... changes) {
        return BatchPublication.run(lake, batch, List.of(EVENTS), publication -> {
            publication.merge(EVENTS, data(changes), rule);
            publication.publish(List.of(publication.everyRowWritten(changes.length)));
        });
    }

    /** Rows of a key, '=' and a value. */
    Dataset<Row> data(String... values) {
        List<Row> rows = Stream.of(values)
                .map(value -> value.split("=", 2))
                .map(parts -> RowFactory.create(parts[0].isEmpty() ? null : parts[0], parts[1]))
                .toList();
        return lake.spark().createDataFrame(rows, EVENTS.schema());
    }

    List<String> rows(TableContract contract) {
        return lake.spark().table(lake.identifier(contract)).collectAsList().stream()
                .map(row -> row.getString(0) + "=" + row.getString(1))
                .sorted()
                .toList();
    }

    Table table(TableContract contract) {
        return lake.find(contract).orElseThrow();
    }

    /** Up to where the table holds the query's source. */
    String reached(TableContract contract) {
        return BatchMark.newest(table(contract), QUERY).orElseThrow().reached().toString();
    }

    void compact(TableContract contract) {
        long before = table(contract).currentSnapshot().snapshotId();
        SparkActions.get(lake.spark())
                .rewriteDataFiles(table(contract))
                .binPack()
                .option("min-input-files", "2")
                .execute();
        if (table(contract).currentSnapshot().snapshotId() == before) {
            throw new AssertionError("There was nothing to compact");
        }
    }

    /** Expires all snapshots but the current one. */
    void expire(TableContract contract) {
        dropBranch(contract);
        table(contract)
                .expireSnapshots()
                .expireOlderThan(System.currentTimeMillis() + 1)
                .retainLast(1)
                .commit();
    }

    /** Drops the query's branch, as CleanUp does if the query has rested long. */
    void dropBranch(TableContract contract) {
        table(contract).manageSnapshots().removeBranch(Lake.appendBranch(QUERY)).commit();
    }

    List<String> jobRuns() {
        return lake.spark().table(lake.identifier(OpsTables.JOB_RUNS)).collectAsList().stream()
                .map(row -> row.getString(0) + " " + row.getString(1) + " " + row.getString(2) + " " + row.getString(3))
                .toList();
    }

    static void assertRefused(ExitCode exitCode, ThrowingCallable publication, String... message) {
        assertThatThrownBy(publication)
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(exitCode))
                .hasMessageContainingAll(message);
    }

    private static TableContract contract(String name) {
        return new TableContract(
                Layer.GOLD,
                name,
                "data/factdata/gold/" + name,
                "A row of a test.",
                "시험용",
                List.of(
                        Column.optional("key", DataTypes.StringType, "The key.", "키"),
                        Column.optional("value", DataTypes.StringType, "The value.", "값")),
                List.of("key"),
                List.of(),
                Map.of());
    }
}
