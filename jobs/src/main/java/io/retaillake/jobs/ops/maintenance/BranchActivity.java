package io.retaillake.jobs.ops.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadata.MetadataLogEntry;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.util.SnapshotUtil;

/** When a run last touched its branch, so that one of a run that is still at work is told from one of a dead run. */
final class BranchActivity {

    private BranchActivity() {}

    /**
     * The latest time at which the run can have touched its branch, as far as the table tells.
     *
     * <p>A branch that was written to was last touched when its newest snapshot was made. One that was only created points
     * to an older snapshot of {@code main}, whose age says nothing; for it the table's earlier metadata files are read, back
     * to the first in a row that has the branch. Where they don't reach back to its creation, the time is later than the
     * true one, which keeps the branch.
     *
     * @param enough how far back to look
     */
    static Instant lastSeen(Table table, SnapshotRef branch, String name, Instant enough) {
        Instant headMadeAt =
                Instant.ofEpochMilli(table.snapshot(branch.snapshotId()).timestampMillis());
        boolean isWritten = table.currentSnapshot() == null
                || !SnapshotUtil.isAncestorOf(table, table.currentSnapshot().snapshotId(), branch.snapshotId());
        return isWritten ? headMadeAt : createdAt(table, branch, name, enough);
    }

    private static Instant createdAt(Table table, SnapshotRef branch, String name, Instant enough) {
        TableMetadata current = ((HasTableOperations) table).operations().current();
        Instant earliest = Instant.ofEpochMilli(current.lastUpdatedMillis());
        List<MetadataLogEntry> newestFirst = new ArrayList<>(current.previousFiles());
        Collections.reverse(newestFirst);
        for (MetadataLogEntry entry : newestFirst) {
            if (!earliest.isAfter(enough) || !hadBranch(table, entry.file(), branch, name)) {
                break;
            }
            earliest = Instant.ofEpochMilli(entry.timestampMillis());
        }
        return earliest;
    }

    private static boolean hadBranch(Table table, String metadataFile, SnapshotRef branch, String name) {
        try {
            SnapshotRef then =
                    TableMetadataParser.read(table.io(), metadataFile).ref(name);
            return then != null && then.snapshotId() == branch.snapshotId();
        } catch (NotFoundException e) {
            return false;
        }
    }
}
