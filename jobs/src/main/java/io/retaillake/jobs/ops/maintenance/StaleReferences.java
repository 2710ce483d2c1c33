package io.retaillake.jobs.ops.maintenance;

import io.retaillake.common.lake.Lake;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * A table's references that have served.
 *
 * @param tags why each tag goes, by its name
 * @param branches why each branch goes, by its name
 */
record StaleReferences(SortedMap<String, String> tags, SortedMap<String, String> branches) {

    private static final String RUN_TAG = Lake.tag("");
    private static final String AUDIT_BRANCH = Lake.branch("");
    private static final String APPEND_BRANCH = Lake.appendBranch("");

    /** Finds them; what {@code main} stands on is never among them, nor anything that this library didn't name. */
    static StaleReferences find(Table table, Set<String> expiredRuns, Retention retention) {
        StaleReferences stale = new StaleReferences(new TreeMap<>(), new TreeMap<>());
        Optional<Long> published = published(table).map(Snapshot::snapshotId);
        table.refs().forEach((name, ref) -> {
            boolean isAppendBranch = name.startsWith(APPEND_BRANCH);
            if (ref.isBranch() && (isAppendBranch || name.startsWith(AUDIT_BRANCH))) {
                Instant lastSeen = BranchActivity.lastSeen(table, ref, name, retention.branchesBefore());
                if (lastSeen.isBefore(retention.branchesBefore())) {
                    stale.branches.put(
                            name,
                            "of a " + (isAppendBranch ? "query" : "run") + " that was last at work on "
                                    + day(lastSeen));
                }
            } else if (ref.isTag()
                    && name.startsWith(RUN_TAG)
                    && expiredRuns.contains(name.substring(RUN_TAG.length()))
                    && published.filter(id -> id == ref.snapshotId()).isEmpty()) {
                stale.tags.put(name, "beyond the newest " + retention.keepRuns() + " runs");
            } else if (ref.isTag() && ref.maxRefAgeMs() != null) {
                Instant made =
                        Instant.ofEpochMilli(table.snapshot(ref.snapshotId()).timestampMillis());
                if (made.plusMillis(ref.maxRefAgeMs()).isBefore(retention.now())) {
                    stale.tags.put(name, "was to be kept until " + day(made.plusMillis(ref.maxRefAgeMs())));
                }
            }
        });
        return stale;
    }

    /** The snapshot whose rows and seal readers see now, below snapshots that only rewrote files. */
    private static Optional<Snapshot> published(Table table) {
        Snapshot snapshot = table.currentSnapshot();
        while (snapshot != null
                && DataOperations.REPLACE.equals(snapshot.operation())
                && snapshot.parentId() != null
                && table.snapshot(snapshot.parentId()) != null) {
            snapshot = table.snapshot(snapshot.parentId());
        }
        return Optional.ofNullable(snapshot);
    }

    private static String day(Instant time) {
        return time.truncatedTo(ChronoUnit.DAYS).toString().substring(0, "yyyy-MM-dd".length());
    }

    /** Whether the table has a branch of a run that may be at work. What a query appends does not mind how files are rewritten. */
    boolean leavesBranches(Table table) {
        return table.refs().entrySet().stream()
                .anyMatch(ref -> ref.getKey().startsWith(AUDIT_BRANCH) && !branches.containsKey(ref.getKey()));
    }

    boolean isEmpty() {
        return tags.isEmpty() && branches.isEmpty();
    }
}
