package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** One table's branch in a publication: started from {@code main}, written, sealed, and moved to {@code main}. */
final class TableBranch {

    static final int REPORTED_TAG_DAYS = 400;

    private static final int MOST_COMMIT_ATTEMPTS = 10;

    private final Lake lake;
    private final TableContract contract;
    private final Run run;
    private final Table table;
    private final Snapshot base;

    private TableBranch(Lake lake, TableContract contract, Run run, Table table) {
        this.lake = lake;
        this.contract = contract;
        this.run = run;
        this.table = table;
        this.base = table.currentSnapshot();
    }

    static TableBranch start(Lake lake, TableContract contract, Run run) {
        TableBranch branch = new TableBranch(lake, contract, run, lake.findOrCreate(contract));
        branch.recreate();
        return branch;
    }

    private void recreate() {
        if (table.refs().containsKey(name())) {
            table.manageSnapshots().removeBranch(name()).commit();
        }
        if (base == null) {
            table.manageSnapshots().createBranch(name()).commit();
        } else {
            table.manageSnapshots().createBranch(name(), base.snapshotId()).commit();
        }
    }

    String name() {
        return Lake.branch(run.id());
    }

    Optional<Seal> before() {
        return Optional.ofNullable(base).flatMap(snapshot -> Seal.of(table, snapshot));
    }

    void write(Dataset<Row> rows, Replacement replacement) {
        try {
            rows.writeTo(lake.identifier(contract) + ".`branch_" + name() + "`").overwrite(replacement.condition());
        } catch (NoSuchTableException e) {
            throw JobException.outsideSystem(contract + " vanished while it was written: " + e.getMessage(), e);
        }
    }

    Dataset<Row> read() {
        return lake.spark().read().option("branch", name()).table(lake.identifier(contract));
    }

    /** Moves {@code main} here in one commit with the tags, or fails because another run has moved it. */
    void publish(Seal seal, List<String> tags) {
        table.refresh();
        AppendFiles nothing = table.newAppend().toBranch(name());
        seal.summary().forEach(nothing::set);
        nothing.commit();
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            requireUnmoved();
            try {
                moveMain(tags);
                return;
            } catch (CommitFailedException e) {
                // Another commit to the table came between, perhaps to a branch only; look again.
                if (attempt == MOST_COMMIT_ATTEMPTS) {
                    throw JobException.outsideSystem(
                            contract + " could not be published in " + attempt
                                    + " attempts: other commits came between. Repeat the run with the same --run-id.",
                            e);
                }
            }
        }
    }

    private void moveMain(List<String> tags) {
        long sealed = table.snapshot(name()).snapshotId();
        ManageSnapshots references = table.manageSnapshots();
        if (table.currentSnapshot() == null) {
            references.createBranch(SnapshotRef.MAIN_BRANCH, sealed);
        } else {
            references.fastForwardBranch(SnapshotRef.MAIN_BRANCH, name());
        }
        String runTag = Lake.tag(run.id());
        if (table.refs().containsKey(runTag)) {
            references.removeTag(runTag);
        }
        references.createTag(runTag, sealed).removeBranch(name());
        for (String tag : tags) {
            if (!table.refs().containsKey(tag)) {
                references.createTag(tag, sealed).setMaxRefAgeMs(tag, TimeUnit.DAYS.toMillis(REPORTED_TAG_DAYS));
            }
        }
        references.commit();
    }

    private void requireUnmoved() {
        Snapshot current = table.currentSnapshot();
        Long before = base == null ? null : base.snapshotId();
        Long now = current == null ? null : current.snapshotId();
        if (!Objects.equals(before, now)) {
            String mover = Optional.ofNullable(current)
                    .flatMap(Seal::of)
                    .map(seal -> "run " + seal.run().id() + " (" + seal.run().job() + ")")
                    .orElse(
                            current != null && DataOperations.REPLACE.equals(current.operation())
                                    ? "a compaction (CleanUp)"
                                    : "a writer outside this library");
            throw JobException.outsideSystem(
                    contract + " was changed by " + mover + " while run " + run.id() + " (" + run.job()
                            + ") was working on it, so this run did not publish: its result would undo that change."
                            + "\nRepeat the run with the same --run-id.",
                    null);
        }
    }
}
