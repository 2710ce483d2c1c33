package io.retaillake.common.publish;

import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.lake.Lake;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.functions;

/** Appends to {@code ops.job_runs}, the record of what ran. Nothing is decided by it: snapshots decide. */
final class JobRuns {

    private static final double MILLIS_PER_SECOND = 1000.0;

    private final Lake lake;

    JobRuns(Lake lake) {
        this.lake = lake;
    }

    boolean hasSucceeded(Run run) {
        return lake.find(OpsTables.JOB_RUNS).isPresent()
                && !lake.spark()
                        .table(lake.identifier(OpsTables.JOB_RUNS))
                        .where(functions
                                .col("run_id")
                                .equalTo(run.id())
                                .and(functions.col("job").equalTo(run.job()))
                                .and(functions.col("status").equalTo("SUCCEEDED")))
                        .isEmpty();
    }

    void succeeded(Seal seal, SortedMap<String, Long> outputs) {
        append(seal, outputs, "SUCCEEDED", null, seal.sealedAt());
    }

    void failed(Seal seal, String error) {
        append(seal, new TreeMap<>(), "FAILED", error, Instant.now());
    }

    private void append(Seal seal, Map<String, Long> outputs, String status, String error, Instant endedAt) {
        lake.findOrCreate(OpsTables.JOB_RUNS);
        Run run = seal.run();
        Row row = RowFactory.create(
                run.id(),
                run.job(),
                status,
                run.arguments().getOrDefault("window", "all"),
                Seal.toJson(run.arguments()),
                Seal.toJson(seal.inputs()),
                Seal.toJson(outputs),
                Seal.toJson(seal.facts()),
                Seal.toJson(seal.checks()),
                error,
                Timestamp.from(seal.startedAt()),
                Timestamp.from(endedAt),
                Duration.between(seal.startedAt(), endedAt).toMillis() / MILLIS_PER_SECOND);
        try {
            lake.spark()
                    .createDataFrame(List.of(row), OpsTables.JOB_RUNS.schema())
                    .writeTo(lake.identifier(OpsTables.JOB_RUNS))
                    .append();
        } catch (NoSuchTableException e) {
            throw new IllegalStateException("ops.job_runs vanished while it was written", e);
        }
    }
}
