package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.run.FailureExplanation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a source that goes on is written, batch by batch: rows are appended, or changes are merged. What a batch writes lies on
 * branches until it is checked; then it is put into the tables' {@code main}, one table after the other in the given order, each in
 * one commit that also says which batch this was and up to which positions of the source the table holds it.
 *
 * <p>Repetition: a table that holds the batch is left as it is, so a batch that was cut off between two tables, or of which
 * nobody knows how it ended, is repeated, and is in each table once. A batch that does not begin where the table's newest ended is refused
 * before anything is written. Of two processes that run the same query, one puts a batch in, and the other finds it there or is refused.
 *
 * <p>{@link Publication} is for what is written as a whole. If both write a table, a run that replaces rows of batches leaves
 * the positions as they are.
 */
public final class BatchPublication {

    private static final Logger LOG = LoggerFactory.getLogger(BatchPublication.class);

    private final Lake lake;
    private final Batch batch;
    private final List<TableContract> tables;
    private final Instant startedAt = Instant.now();
    private final Map<TableContract, Target> targets = new HashMap<>();
    private final Map<TableContract, StagedWrite> staged = new HashMap<>();
    private final Map<TableContract, ExpectedProgress> expected = new HashMap<>();
    private final SortedMap<String, BatchMark> done = new TreeMap<>();
    private List<Check> lastChecks = List.of();

    /** A table, and what its {@code main} was when the batch began; null for a table without a snapshot. */
    private record Target(Table table, Snapshot base) {}

    /**
     * What became of a batch.
     *
     * @param isRepetition whether all tables held the batch before
     * @param snapshotIds the snapshots with which the batch came into the tables, by their names; may have expired of a repetition
     */
    public record Result(boolean isRepetition, SortedMap<String, Long> snapshotIds) {}

    private BatchPublication(Lake lake, Batch batch, List<TableContract> tables) {
        this.lake = lake;
        this.batch = batch;
        this.tables = tables;
    }

    /**
     * Puts a batch into {@code tables} by {@code work}, which is not called if they all hold it. A failure is recorded in
     * {@code ops.job_runs}; success is not, for there would be a row every few seconds: the tables' snapshots say it.
     *
     * @throws JobException exit code 3 where the batch does not follow on what a table holds
     */
    public static Result run(Lake lake, Batch batch, List<TableContract> tables, Consumer<BatchPublication> work) {
        BatchPublication publication = new BatchPublication(lake, batch, tables);
        try {
            publication.begin();
            boolean isRepetition = publication.done.size() == tables.size();
            if (isRepetition) {
                LOG.info("{} is in {} already; nothing to do", batch, tables);
            } else {
                work.accept(publication);
            }
            SortedMap<String, Long> snapshotIds = new TreeMap<>();
            publication.done.forEach((table, mark) -> snapshotIds.put(table, mark.snapshotId()));
            return new Result(isRepetition, snapshotIds);
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            publication.recordFailure(e);
            throw e;
        }
    }

    private void begin() {
        for (TableContract contract : tables) {
            Table table = lake.findOrCreate(contract);
            targets.put(contract, new Target(table, table.currentSnapshot()));
            BatchHistory history = new BatchHistory(contract, table);
            Optional<BatchMark> mark = history.find(batch);
            if (mark.isPresent()) {
                done.put(contract.qualifiedName(), mark.get());
            } else {
                history.positionsBefore(batch);
            }
        }
    }

    /** Writes rows to be appended; nothing if the table holds the batch. A table to which nothing is written only gets the positions. */
    public void append(TableContract contract, Dataset<Row> rows) {
        if (!isDone(contract)) {
            stage(contract, StagedAppend.write(lake, contract, table(contract), batch, rows));
        }
    }

    /** The table, as it was when the batch began, for whoever writes files of it. */
    public Table table(TableContract contract) {
        return targets.get(contract).table();
    }

    /**
     * Appends data files that lie in the table's folder, in its schema and partitions; nothing if the table holds the batch. For rows that
     * Spark need not see. No version of the table has them before they are published.
     */
    public void appendFiles(TableContract contract, List<DataFile> files) {
        if (!isDone(contract)) {
            stage(contract, StagedAppend.of(batch, files));
        }
    }

    /**
     * Has the batch put into a table only if that still holds another query up to {@code reached}, or nothing of it. Both queries' batches then
     * come one after the other, each knowing what the other had done.
     */
    public void requireProgress(TableContract contract, String otherQuery, Optional<SourcePositions> reached) {
        expected.put(contract, new ExpectedProgress(otherQuery, reached));
    }

    /**
     * Merges changes into what the table was when the batch began; nothing if the table holds the batch.
     *
     * @throws JobException exit code 3 where changes have the same key or none
     */
    public void merge(TableContract contract, Dataset<Row> changes, MergeRule rule) {
        if (!isDone(contract)) {
            stage(
                    contract,
                    StagedMerge.write(
                            lake, contract, batch, targets.get(contract).base(), changes, rule));
        }
    }

    private void stage(TableContract contract, StagedWrite write) {
        if (staged.put(contract, write) != null) {
            throw JobException.defect(batch + " was written to " + contract + " twice", null);
        }
    }

    /** Whether the table holds the batch. */
    public boolean isDone(TableContract contract) {
        return done.containsKey(contract.qualifiedName());
    }

    /** How many rows of the batch were written to the table, now or before; of a merge, how many changes. */
    public long rowsWritten(TableContract contract) {
        if (isDone(contract)) {
            return done.get(contract.qualifiedName()).rows();
        }
        return Optional.ofNullable(staged.get(contract)).map(StagedWrite::rows).orElse(0L);
    }

    /** Whether every row that was read was written to one of the tables, as a row or as a reject. */
    public Check everyRowWritten(long rowsRead) {
        return Check.equal(
                "rows: written to "
                        + String.join(
                                " + ",
                                tables.stream()
                                        .map(TableContract::qualifiedName)
                                        .toList()) + " = read",
                rowsRead,
                tables.stream().mapToLong(this::rowsWritten).sum());
    }

    /**
     * Puts what was written into the tables if all checks passed.
     *
     * @throws JobException exit code 3 when a check failed, or where another process has written a batch that this one does not
     *     follow on, or has taken another query further than {@link #requireProgress} says; 4 where a table was changed while changes were merged
     */
    public void publish(List<Check> checks) {
        lastChecks = List.copyOf(checks);
        List<String> failed = checks.stream()
                .filter(check -> !check.passed())
                .map(Check::toString)
                .toList();
        if (!failed.isEmpty()) {
            staged.forEach((contract, write) -> write.keepOnBranch(contract, table(contract)));
            throw JobException.badData(batch + " was not published: " + failed.size() + " of " + checks.size()
                    + " checks failed.\n- " + String.join("\n- ", failed)
                    + "\nReaders still see the tables as they were."
                    + whereStaged());
        }
        for (TableContract contract : tables) {
            if (!isDone(contract)) {
                StagedWrite write = staged.getOrDefault(contract, StagedAppend.nothing(batch));
                BatchCommit commit =
                        new BatchCommit(contract, table(contract), batch, Optional.ofNullable(expected.get(contract)));
                done.put(contract.qualifiedName(), commit.commit(write, lastChecks));
            }
        }
    }

    private String whereStaged() {
        List<String> branches = tables.stream()
                .filter(staged::containsKey)
                .map(contract -> lake.identifier(contract) + ".`branch_"
                        + staged.get(contract).branchName() + "`")
                .toList();
        return branches.isEmpty() ? "" : " What was written can be inspected in " + String.join(", ", branches) + ".";
    }

    private void recordFailure(Exception failure) {
        try {
            String error = FailureExplanation.of(batch.toString(), failure).getMessage();
            new JobRuns(lake).failed(batch.seal(lastChecks, startedAt), error);
        } catch (RuntimeException e) {
            LOG.warn("The failure could not be recorded in ops.job_runs", e);
        }
    }
}
