package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.SourcePositions;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which batches a table's {@code main} holds. A query's newest batch is known whatever has expired since; an older one, as long as
 * its snapshot is there. Other writers' snapshots in between, and compactions, make no difference.
 *
 * @param contract the table's contract
 * @param table the table in one version
 */
record BatchHistory(TableContract contract, Table table) {

    /** The mark of the same batch with the same positions, if the table holds it. */
    Optional<BatchMark> find(Batch batch) {
        Optional<BatchMark> newest = newest(batch.query());
        if (newest.isEmpty() || newest.get().batch().equals(batch)) {
            return newest;
        }
        return batch.range().problemsAfter(newest.get().reached()).isEmpty() ? Optional.empty() : findOlder(batch);
    }

    private Optional<BatchMark> findOlder(Batch batch) {
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            Optional<BatchMark> mark = BatchMark.of(snapshot);
            if (mark.filter(found -> found.batch().equals(batch)).isPresent()) {
                return mark;
            }
        }
        return Optional.empty();
    }

    /**
     * The positions up to which the table holds the query's source, where the batch begins.
     *
     * @throws JobException exit code 3 where it begins elsewhere
     */
    SourcePositions positionsBefore(Batch batch) {
        Optional<BatchMark> newest = newest(batch.query());
        SourcePositions reached = newest.map(BatchMark::reached).orElse(SourcePositions.NONE);
        List<String> problems = batch.range().problemsAfter(reached);
        if (!problems.isEmpty()) {
            throw JobException.badData(
                    batch + " does not follow on in " + contract + ", so nothing of it was written.\n- "
                            + String.join("\n- ", problems)
                            + "\nThe batch holds " + batch.range() + "; the table's newest is "
                            + newest.orElseThrow().batch() + ", up to " + reached
                            + ".\nDoes another process run the same query? Let one of the two run. Otherwise start this one again: it has to begin at"
                            + " the positions that the table holds.");
        }
        return reached;
    }

    /**
     * The query's newest mark.
     *
     * @throws JobException exit code 4 where somebody has rolled the table back behind it
     */
    private Optional<BatchMark> newest(String query) {
        Optional<BatchMark> newest = BatchMark.newest(table, query);
        newest.map(BatchMark::snapshotId)
                .filter(id -> table.snapshot(id) != null && !isInMain(id))
                .ifPresent(id -> {
                    throw JobException.outsideSystem(
                            contract + " was rolled back: it says that it holds "
                                    + newest.get().batch() + ", whose snapshot " + id
                                    + " is not in its history any more. Nothing was written, because what the query would go on"
                                    + " with does not follow on what the table holds.\nRoll forward to that snapshot; or set the"
                                    + " table's property " + BatchMark.property(query)
                                    + " to what the summary of the query's"
                                    + " newest snapshot in the history has under " + BatchMark.SUMMARY
                                    + ", and have the query begin at the positions that it has reached.",
                            null);
                });
        return newest;
    }

    private boolean isInMain(long snapshotId) {
        return table.currentSnapshot() != null && SnapshotUtil.isAncestorOf(table, snapshotId);
    }
}
