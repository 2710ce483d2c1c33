package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A table into which a batch's changes were merged, on a branch that was started from {@code main}. It takes {@code main}'s place
 * only if that is still what was merged into.
 */
final class StagedMerge implements StagedWrite {

    private final TableContract contract;
    private final Batch batch;
    private final TableBranch branch;
    private final Long base;
    private final long rows;

    private StagedMerge(TableContract contract, Batch batch, TableBranch branch, Long base, long rows) {
        this.contract = contract;
        this.batch = batch;
        this.branch = branch;
        this.base = base;
        this.rows = rows;
    }

    /**
     * Merges on the branch. The changes are computed once.
     *
     * @param base what {@code main} was before the changes were made; null for a table without a snapshot
     * @throws JobException exit code 3 where changes have the same key or none
     */
    static StagedMerge write(
            Lake lake, TableContract contract, Batch batch, Snapshot base, Dataset<Row> changes, MergeRule rule) {
        Dataset<Row> computed = changes.localCheckpoint(true);
        long rows = MergeChanges.requireOnePerKey(contract, batch, computed, rule.key());
        TableBranch branch = TableBranch.start(lake, contract, batch.run(), base);
        branch.merge(computed, rule);
        return new StagedMerge(
                contract,
                batch,
                branch,
                Optional.ofNullable(base).map(Snapshot::snapshotId).orElse(null),
                rows);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void addTo(Transaction transaction, Map<String, String> summary) {
        requireUnmoved(transaction.table());
        AppendFiles nothing = transaction.newAppend().toBranch(branch.name());
        summary.forEach(nothing::set);
        nothing.commit();
        Table table = transaction.table();
        ManageSnapshots references = transaction.manageSnapshots();
        if (table.currentSnapshot() == null) {
            references.createBranch(
                    SnapshotRef.MAIN_BRANCH, table.snapshot(branch.name()).snapshotId());
        } else {
            references.fastForwardBranch(SnapshotRef.MAIN_BRANCH, branch.name());
        }
        references.removeBranch(branch.name()).commit();
    }

    private void requireUnmoved(Table table) {
        Snapshot current = table.currentSnapshot();
        if (!Objects.equals(base, current == null ? null : current.snapshotId())) {
            throw JobException.outsideSystem(
                    contract + " was changed by " + SnapshotMaker.of(current) + " while " + batch
                            + " was merged, so it was not published: its result would undo that change."
                            + "\nRepeat the batch.",
                    null);
        }
        Snapshot head = table.snapshot(branch.name());
        if (head == null || head.snapshotId() != branch.head()) {
            throw JobException.outsideSystem(
                    "Another process of query " + batch.query() + " is merging " + batch + " into " + contract
                            + ", so this one did not publish.\nEnd one of the two, then repeat the batch.",
                    null);
        }
    }
}
