package io.retaillake.common.publish;

import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericAppenderFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;

/** Appends to {@code ops.job_runs}, the record of what ran. Nothing is decided by it: snapshots decide. */
final class JobRuns {

    private static final double MILLIS_PER_SECOND = 1000.0;

    private final Lake lake;

    JobRuns(Lake lake) {
        this.lake = lake;
    }

    boolean hasSucceeded(Run run) {
        return lake.find(OpsTables.JOB_RUNS)
                .map(table -> hasRows(
                        table,
                        Expressions.and(
                                Expressions.equal("run_id", run.id()),
                                Expressions.equal("job", run.job()),
                                Expressions.equal("status", "SUCCEEDED"))))
                .orElse(false);
    }

    /** Read here, as rows are written here: without Spark's planning. */
    private static boolean hasRows(Table table, Expression rows) {
        try (CloseableIterable<Record> found =
                IcebergGenerics.read(table).where(rows).select("run_id").build()) {
            return found.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException(table.name() + " can't be read", e);
        }
    }

    void succeeded(Seal seal, SortedMap<String, Long> outputs) {
        append(seal, outputs, "SUCCEEDED", null, seal.sealedAt());
    }

    void failed(Seal seal, String error) {
        append(seal, new TreeMap<>(), "FAILED", error, Instant.now());
    }

    private void append(Seal seal, Map<String, Long> outputs, String status, String error, Instant endedAt) {
        Table table = lake.findOrCreate(OpsTables.JOB_RUNS);
        Run run = seal.run();
        Record row = GenericRecord.create(table.schema());
        row.setField("run_id", run.id());
        row.setField("job", run.job());
        row.setField("status", status);
        row.setField("window", run.arguments().getOrDefault("window", "all"));
        row.setField("arguments", Seal.toJson(run.arguments()));
        row.setField("inputs", Seal.toJson(seal.inputs()));
        row.setField("outputs", Seal.toJson(outputs));
        row.setField("facts", Seal.toJson(seal.facts()));
        row.setField("checks", Seal.toJson(seal.checks()));
        row.setField("error", error);
        row.setField("started_at", inMicroseconds(seal.startedAt()));
        row.setField("ended_at", inMicroseconds(endedAt));
        row.setField(
                "duration_seconds", Duration.between(seal.startedAt(), endedAt).toMillis() / MILLIS_PER_SECOND);
        table.newAppend().appendFile(write(table, row)).commit();
    }

    private static OffsetDateTime inMicroseconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** A data file with one row, written here: to have Spark plan it takes longer than most of what a small job does. */
    private static DataFile write(Table table, Record row) {
        EncryptedOutputFile file = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .build()
                .newOutputFile();
        DataWriter<Record> writer = new GenericAppenderFactory(table.schema(), table.spec())
                .setAll(table.properties())
                .newDataWriter(file, FileFormat.PARQUET, null);
        try (writer) {
            writer.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(file.encryptingOutputFile().location() + " can't be written", e);
        }
        return writer.toDataFile();
    }
}
