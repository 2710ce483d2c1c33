package io.retaillake.jobs.ops.maintenance;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.TableVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;

/** Cleans one table up, or says what would be done: the same decisions and the same lines. */
final class TableCleanUp {

    /** A version that was current a moment ago is being read by someone, however old it is. */
    private static final int NEWEST_SNAPSHOTS_KEPT = 5;

    private static final String METADATA_FILE = ".metadata.json";
    private static final double BYTES_PER_MIB = 1024 * 1024;

    private final Lake lake;
    private final TableContract contract;
    private final TableVersions versions;
    private final Retention retention;
    private final boolean dryRun;
    private final Consumer<String> out;
    private final List<String> done = new ArrayList<>();

    TableCleanUp(
            Lake lake,
            TableContract contract,
            TableVersions versions,
            Retention retention,
            boolean dryRun,
            Consumer<String> out) {
        this.lake = lake;
        this.contract = contract;
        this.versions = versions;
        this.retention = retention;
        this.dryRun = dryRun;
        this.out = out;
    }

    /** What was, or would be, done, by kind. */
    record Result(int tags, int branches, int snapshots, int orphans, long compactedFiles) {}

    Result run(Set<String> expiredRuns) {
        Table table = lake.find(contract).orElseThrow();
        StaleReferences stale = StaleReferences.find(table, expiredRuns, retention);
        stale.tags().forEach((name, why) -> say("drop tag " + name + ", " + why));
        stale.branches().forEach((name, why) -> say("drop branch " + name + ", " + why));
        int expired = expire(table, stale);
        int orphans = removeOrphans(table);
        long compacted = compact(table, stale);
        if (done.isEmpty()) {
            out.accept("  nothing to do");
        }
        return new Result(stale.tags().size(), stale.branches().size(), expired, orphans, compacted);
    }

    private void say(String what) {
        done.add(what);
        out.accept("  " + (dryRun ? "would " : "") + what);
    }

    private int expire(Table table, StaleReferences stale) {
        // Never committed: it shows what expires once the references are gone.
        Transaction rehearsal = table.newTransaction();
        if (!stale.isEmpty()) {
            drop(stale, rehearsal.manageSnapshots());
        }
        List<Snapshot> expired = expiring(rehearsal.expireSnapshots()).apply();
        if (!expired.isEmpty()) {
            say("expire " + expired.size() + " snapshots older than "
                    + retention.snapshotAge().toDays() + " days that no tag or branch holds");
        }
        if (!dryRun) {
            if (!stale.isEmpty()) {
                drop(stale, table.manageSnapshots());
            }
            if (!expired.isEmpty()) {
                expiring(table.expireSnapshots()).commit();
            }
        }
        return expired.size();
    }

    private static void drop(StaleReferences stale, ManageSnapshots references) {
        stale.tags().keySet().forEach(references::removeTag);
        stale.branches().keySet().forEach(references::removeBranch);
        references.commit();
    }

    private ExpireSnapshots expiring(ExpireSnapshots snapshots) {
        return snapshots
                .expireOlderThan(retention.snapshotsBefore().toEpochMilli())
                .retainLast(NEWEST_SNAPSHOTS_KEPT);
    }

    private int removeOrphans(Table table) {
        List<String> orphans;
        try {
            Set<String> kept = versions.filesToKeep(table);
            kept.stream()
                    .filter(file -> file.endsWith(METADATA_FILE))
                    .map(file -> file.substring(file.indexOf(contract.folder())))
                    .forEach(file -> out.accept("  kept " + file
                            + " and what it refers to: nothing tells it from a version that the catalog has lost"));
            orphans = Orphans.find(lake.spark(), table, retention.orphansBefore(), kept);
        } catch (JobException e) {
            out.accept("  not looked for orphans: " + e.getMessage().replace("\n", "\n  "));
            return 0;
        }
        orphans.forEach(file -> say("remove the orphan " + file.substring(file.indexOf(contract.folder()))));
        if (!dryRun) {
            Orphans.delete(table, orphans);
        }
        return orphans.size();
    }

    private long compact(Table table, StaleReferences stale) {
        Compaction compaction = Compaction.plan(table, retention.smallFiles());
        if (compaction.isEmpty()) {
            return 0;
        }
        String what = String.format(
                "rewrite %d small files of %.1f MiB as %d",
                compaction.files(), compaction.bytes() / BYTES_PER_MIB, compaction.groups());
        if (stale.leavesBranches(table)) {
            out.accept("  did not " + what + ": a run may be at work, and would find the table changed");
            return 0;
        }
        say(what);
        if (!dryRun) {
            try {
                Compaction.run(lake.spark(), table, retention.smallFiles());
            } catch (ValidationException | CommitFailedException e) {
                out.accept("  left the small files, because a run changed them meanwhile");
                return 0;
            }
        }
        return compaction.files();
    }
}
