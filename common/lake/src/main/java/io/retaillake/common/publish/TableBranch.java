package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/**
 * One table's branch in a publication: started from {@code main}, written, sealed, and moved to {@code main}. It knows the
 * snapshot that it wrote, because a process of the same run that was believed dead may write to the same branch.
 */
final class TableBranch {

    static final int REPORTED_TAG_DAYS = 400;

    private static final int MOST_COMMIT_ATTEMPTS = 10;
    private static final String WRITE_ID = "retail-lake.write-id";

    private final Lake lake;
    private final TableContract contract;
    private final Writer writer;
    private final Table table;
    private final Snapshot base;
    private long head;

    /**
     * Who writes the branch.
     *
     * @param id what the branch is named for
     * @param name for messages
     * @param repeatable what a person repeats when it was refused
     */
    private record Writer(String id, String name, String repeatable) {}

    private TableBranch(Lake lake, TableContract contract, Writer writer, Table table, Snapshot base) {
        this.lake = lake;
        this.contract = contract;
        this.writer = writer;
        this.table = table;
        this.base = base;
    }

    /** Starts the branch from {@code base}, which {@code main} must still be; null for a table without a snapshot. */
    static TableBranch start(Lake lake, TableContract contract, Run run, Snapshot base) {
        return start(
                lake,
                contract,
                new Writer(run.id(), "run " + run.id() + " (" + run.job() + ")", "the run with the same --run-id"),
                base);
    }

    /** The same for a batch. */
    static TableBranch start(Lake lake, TableContract contract, Batch batch, Snapshot base) {
        return start(lake, contract, new Writer(batch.run().id(), batch.toString(), "the batch"), base);
    }

    private static TableBranch start(Lake lake, TableContract contract, Writer writer, Snapshot base) {
        TableBranch branch = new TableBranch(lake, contract, writer, lake.findOrCreate(contract), base);
        branch.commit(branch::recreate);
        branch.head = branch.current().snapshotId();
        return branch;
    }

    private void recreate() {
        boolean isThere = table.refs().containsKey(name());
        if (base != null) {
            ManageSnapshots references = table.manageSnapshots();
            if (isThere) {
                references.replaceBranch(name(), base.snapshotId()).commit();
            } else {
                references.createBranch(name(), base.snapshotId()).commit();
            }
            return;
        }
        if (isThere) {
            table.manageSnapshots().removeBranch(name()).commit();
        }
        table.manageSnapshots().createBranch(name()).commit();
    }

    String name() {
        return Lake.branch(writer.id());
    }

    Optional<Seal> before() {
        return Optional.ofNullable(base).flatMap(snapshot -> Seal.of(table, snapshot));
    }

    Table table() {
        return table;
    }

    /** Writes rows by Spark, with options of Iceberg's. */
    void write(Dataset<Row> rows, OverwriteFilter replacement, Map<String, String> options) {
        String writeId = UUID.randomUUID().toString();
        try {
            rows.writeTo(lake.identifier(contract) + ".`branch_" + name() + "`")
                    .options(options)
                    .option("snapshot-property." + WRITE_ID, writeId)
                    .overwrite(replacement.condition());
        } catch (NoSuchTableException e) {
            throw JobException.outsideSystem(contract + " vanished while it was written: " + e.getMessage(), e);
        }
        requireOwn(writeId);
    }

    /** Adds data files that were written into the table's folder. */
    void write(List<DataFile> files, OverwriteFilter replacement) {
        String writeId = UUID.randomUUID().toString();
        OverwriteFiles overwrite = table.newOverwrite()
                .toBranch(name())
                .overwriteByRowFilter(replacement.rowFilter(lake.spark(), lake.identifier(contract)))
                .set(WRITE_ID, writeId);
        files.forEach(overwrite::addFile);
        overwrite.commit();
        requireOwn(writeId);
    }

    /** Merges {@code changes}, which must have one row for each key. */
    void merge(Dataset<Row> changes, MergeRule rule) {
        String writeId = UUID.randomUUID().toString();
        String view = "changes_" + writeId.replace("-", "");
        changes.createOrReplaceTempView(view);
        try {
            String sql = rule.sql(lake.identifier(contract) + ".`branch_" + name() + "`", view);
            CommitMetadata.withCommitProperties(
                    Map.of(WRITE_ID, writeId), () -> changes.sparkSession().sql(sql), RuntimeException.class);
        } finally {
            changes.sparkSession().catalog().dropTempView(view);
        }
        requireOwn(writeId);
    }

    private void requireOwn(String writeId) {
        table.refresh();
        Snapshot written = current();
        if (!writeId.equals(written.summary().get(WRITE_ID))) {
            throw sameWriterElsewhere();
        }
        head = written.snapshotId();
    }

    /** The snapshot that was written, whatever the branch is by now. */
    long head() {
        return head;
    }

    /** Moves {@code main} here in one commit with the tags and the definition, or fails because another run has moved it. */
    void publish(Seal seal, List<String> tags) {
        table.refresh();
        requireUnmoved(table);
        AppendFiles nothing = table.newAppend().toBranch(name());
        seal.summary().forEach(nothing::set);
        nothing.commit();
        commit(() -> moveMain(tags));
    }

    /** Commits, again if another commit to the table came between, perhaps to a branch only. */
    private void commit(Runnable change) {
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            requireUnmoved(table);
            try {
                change.run();
                return;
            } catch (CommitFailedException e) {
                if (attempt == MOST_COMMIT_ATTEMPTS) {
                    throw JobException.outsideSystem(
                            contract + " could not be changed in " + attempt
                                    + " attempts: other commits came between. Repeat " + writer.repeatable() + ".",
                            e);
                }
            }
        }
    }

    private void moveMain(List<String> tags) {
        Snapshot sealed = current();
        if (!Objects.equals(sealed.parentId(), head)) {
            throw sameWriterElsewhere();
        }
        Transaction transaction = table.newTransaction();
        keepDefinition(transaction);
        ManageSnapshots references = transaction.manageSnapshots();
        if (table.currentSnapshot() == null) {
            references.createBranch(SnapshotRef.MAIN_BRANCH, sealed.snapshotId());
        } else {
            references.fastForwardBranch(SnapshotRef.MAIN_BRANCH, name());
        }
        String runTag = Lake.tag(writer.id());
        if (table.refs().containsKey(runTag)) {
            references.removeTag(runTag);
        }
        references.createTag(runTag, sealed.snapshotId()).removeBranch(name());
        for (String tag : tags) {
            if (!table.refs().containsKey(tag)) {
                references
                        .createTag(tag, sealed.snapshotId())
                        .setMaxRefAgeMs(tag, TimeUnit.DAYS.toMillis(REPORTED_TAG_DAYS));
            }
        }
        references.commit();
        transaction.commitTransaction();
    }

    /** With {@code main}, and not before it: a table's definition is that of the rows that its readers see. */
    private void keepDefinition(Transaction transaction) {
        Map<String, String> definition = contract.definition();
        if (!table.properties().entrySet().containsAll(definition.entrySet())) {
            UpdateProperties properties = transaction.updateProperties();
            definition.forEach(properties::set);
            properties.commit();
        }
    }

    private Snapshot current() {
        Snapshot current = table.snapshot(name());
        if (current == null) {
            throw sameWriterElsewhere();
        }
        return current;
    }

    private JobException sameWriterElsewhere() {
        return JobException.outsideSystem(
                "Another process of " + writer.name() + " is working on " + contract
                        + ", so this one did not publish."
                        + "\nWait until it has ended or end it, then repeat " + writer.repeatable() + ".",
                null);
    }

    /** Fails unless, in a version of the table, the branch is as this object wrote it and {@code main} as it was before. */
    void requireUntouched(Table version) {
        requireUnmoved(version);
        Snapshot current = version.snapshot(name());
        if (current == null || current.snapshotId() != head) {
            throw sameWriterElsewhere();
        }
    }

    private void requireUnmoved(Table version) {
        Snapshot current = version.currentSnapshot();
        Long before = base == null ? null : base.snapshotId();
        Long now = current == null ? null : current.snapshotId();
        if (!Objects.equals(before, now)) {
            throw JobException.outsideSystem(
                    contract + " was changed by " + SnapshotMaker.of(current) + " while " + writer.name()
                            + " was working on it, so it did not publish: its result would undo that change."
                            + "\nRepeat " + writer.repeatable() + ".",
                    null);
        }
    }
}
