package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.SourcePositions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/**
 * Puts a batch into a table: its rows, the mark in the snapshot's summary and the mark in the table's property change in one
 * atomic commit, of a version of the table in which the batch followed on. If another commit came between, all of that is looked
 * at again.
 */
final class BatchCommit {

    private static final String CHECKS = BatchMark.SUMMARY + ".checks";

    private final TableContract contract;
    private final Table table;
    private final Batch batch;
    private final Optional<ExpectedProgress> otherQuery;

    BatchCommit(TableContract contract, Table table, Batch batch, Optional<ExpectedProgress> otherQuery) {
        this.contract = contract;
        this.table = table;
        this.batch = batch;
        this.otherQuery = otherQuery;
    }

    /**
     * Commits, unless the table holds the batch.
     *
     * @return the batch's mark in the table, of this commit or of the earlier one
     * @throws JobException exit code 3 where the batch does not follow on, or the other query is not where it is expected
     */
    BatchMark commit(StagedWrite staged, List<Check> checks) {
        return CommitAttempts.commit("To put " + batch + " into " + contract, () -> attempt(staged, checks));
    }

    private BatchMark attempt(StagedWrite staged, List<Check> checks) {
        Transaction transaction = table.newTransaction();
        BatchHistory history = new BatchHistory(contract, transaction.table());
        Optional<BatchMark> earlier = history.find(batch);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        otherQuery.ifPresent(progress -> progress.require(contract, transaction.table(), batch));
        SourcePositions reached =
                history.positionsBefore(batch).advancedTo(batch.range().to());
        BatchMark mark = new BatchMark(batch, reached, staged.rows(), null);
        staged.addTo(transaction, Map.of(BatchMark.SUMMARY, mark.toJson(), CHECKS, Seal.toJson(checks)));
        BatchMark published = mark.in(transaction.table().currentSnapshot().snapshotId());
        transaction
                .updateProperties()
                .set(BatchMark.property(batch.query()), published.toJson())
                .commit();
        failIfChangedMeanwhile(transaction);
        transaction.commitTransaction();
        return published;
    }

    /**
     * Iceberg applies a transaction again to whatever the table has become meanwhile, unless it changes references: that one
     * fails. This changes none.
     */
    private static void failIfChangedMeanwhile(Transaction transaction) {
        transaction
                .manageSnapshots()
                .fastForwardBranch(SnapshotRef.MAIN_BRANCH, SnapshotRef.MAIN_BRANCH)
                .commit();
    }
}
