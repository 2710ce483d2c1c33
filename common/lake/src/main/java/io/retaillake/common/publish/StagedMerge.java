package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import java.util.Map;
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
 *
 * @param branch the branch
 * @param rows how many changes were merged
 */
record StagedMerge(TableBranch branch, long rows) implements StagedWrite {

    /**
     * Merges on the branch. The changes are computed once, because a merge reads them several times.
     *
     * @param base what {@code main} was before the changes were made; null for a table without a snapshot
     * @throws io.retaillake.common.job.JobException exit code 3 where changes have the same key or none, 4 where {@code main} was
     *     changed meanwhile
     */
    static StagedMerge write(
            Lake lake, TableContract contract, Batch batch, Snapshot base, Dataset<Row> changes, MergeRule rule) {
        Dataset<Row> computed = changes.localCheckpoint(true);
        long rows = MergeChanges.requireOnePerKey(contract, batch, computed, rule.key());
        TableBranch branch = TableBranch.start(lake, contract, batch, base);
        branch.merge(computed, rule);
        return new StagedMerge(branch, rows);
    }

    @Override
    public String branchName() {
        return branch.name();
    }

    @Override
    public void addTo(Transaction transaction, Map<String, String> summary) {
        branch.requireUntouched(transaction.table());
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
}
