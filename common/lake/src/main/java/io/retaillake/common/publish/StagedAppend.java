package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * Rows of a batch that are to be appended. Where Spark writes them, it is to a branch that readers don't see; the files that lie there, or
 * that tasks have written themselves, are appended to {@code main}, whatever others have done to it meanwhile. Of the branch nothing but this one write is used, so it
 * doesn't matter what an earlier attempt or another process of the query has left there. The branch stays for the next batch, which
 * saves a commit, and points to {@code main} in between.
 *
 * @param branchName the branch's name
 * @param files the data files
 * @param isOnBranch whether the branch has them
 */
record StagedAppend(String branchName, List<DataFile> files, boolean isOnBranch) implements StagedWrite {

    private static final String WRITE_ID = "retail-lake.write-id";

    /** No rows: only the positions advance. */
    static StagedAppend nothing(Batch batch) {
        return of(batch, List.of());
    }

    /** Files that are in no version of the table. */
    static StagedAppend of(Batch batch, List<DataFile> files) {
        return new StagedAppend(Lake.appendBranch(batch.query()), List.copyOf(files), false);
    }

    /** Writes the rows to the branch. */
    static StagedAppend write(Lake lake, TableContract contract, Table table, Batch batch, Dataset<Row> rows) {
        String branch = Lake.appendBranch(batch.query());
        makeBranch(contract, table, branch);
        String writeId = UUID.randomUUID().toString();
        try {
            rows.writeTo(lake.identifier(contract) + ".`branch_" + branch + "`")
                    .option("snapshot-property." + WRITE_ID, writeId)
                    .append();
        } catch (NoSuchTableException e) {
            throw JobException.outsideSystem(contract + " vanished while it was written: " + e.getMessage(), e);
        }
        table.refresh();
        List<DataFile> files = new ArrayList<>();
        written(contract, table, writeId).addedDataFiles(table.io()).forEach(files::add);
        return new StagedAppend(branch, files, true);
    }

    private static void makeBranch(TableContract contract, Table table, String branch) {
        CommitAttempts.commit("To make the branch " + branch + " of " + contract, () -> makeBranch(table, branch));
    }

    private static boolean makeBranch(Table table, String branch) {
        Transaction transaction = table.newTransaction();
        boolean isThere = transaction.table().refs().containsKey(branch);
        if (!isThere) {
            transaction.manageSnapshots().createBranch(branch).commit();
            transaction.commitTransaction();
        }
        return !isThere;
    }

    private static Snapshot written(TableContract contract, Table table, String writeId) {
        return StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> writeId.equals(snapshot.summary().get(WRITE_ID)))
                .findFirst()
                .orElseThrow(() -> JobException.outsideSystem(
                        "What was written to " + contract + " is gone before it could be appended. Repeat the batch.",
                        null));
    }

    /** As their writers counted them. */
    @Override
    public long rows() {
        return files.stream().mapToLong(DataFile::recordCount).sum();
    }

    @Override
    public void keepOnBranch(TableContract contract, Table table) {
        if (!isOnBranch) {
            makeBranch(contract, table, branchName);
            AppendFiles append = table.newAppend().toBranch(branchName);
            files.forEach(append::appendFile);
            append.commit();
        }
    }

    @Override
    public void addTo(Transaction transaction, Map<String, String> summary) {
        AppendFiles append = transaction.newAppend();
        files.forEach(append::appendFile);
        summary.forEach(append::set);
        append.commit();
        Table table = transaction.table();
        if (table.refs().containsKey(branchName)) {
            transaction
                    .manageSnapshots()
                    .replaceBranch(branchName, table.currentSnapshot().snapshotId())
                    .commit();
        }
    }
}
