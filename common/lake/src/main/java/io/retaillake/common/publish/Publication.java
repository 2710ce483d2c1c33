package io.retaillake.common.publish;

import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.SmallTable;
import io.retaillake.common.lake.TableVersions;
import io.retaillake.common.run.FailureExplanation;
import io.retaillake.common.run.Progress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.spark.SparkWriteOptions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How every data table is written. Each table gets a branch; the job writes there, checks what it wrote, and only then the
 * tables' {@code main} moves to it, one table after the other in the given order, each atomically. If a check fails,
 * {@code main} is untouched and the branches stay for inspection.
 *
 * <p>Repetition: a table that carries the run's tag is done. The same run id with other arguments is refused. A run that
 * was cut off between two tables leaves the first and writes the rest, from the inputs that the first recorded.
 */
public final class Publication {

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final Lake lake;
    private final Run run;
    private final List<TableContract> tables;
    private final Instant startedAt = Instant.now();
    private final JobRuns jobRuns;
    private final Map<TableContract, Seal> done = new HashMap<>();
    private final Map<TableContract, Optional<Base>> bases = new HashMap<>();
    private final Map<TableContract, TableBranch> branches = new HashMap<>();
    private final SortedMap<String, String> inputs = new TreeMap<>();
    private final SortedMap<String, String> facts = new TreeMap<>();
    private final InputFiles inputFiles;
    private List<Check> lastChecks = List.of();

    /** A table as it was, and is in this object of it, when this publication began. */
    private record Base(Table table, Snapshot snapshot) {}

    private Publication(Lake lake, Run run, List<TableContract> tables) {
        this.lake = lake;
        this.run = run;
        this.tables = tables;
        this.jobRuns = new JobRuns(lake);
        this.inputFiles = new InputFiles(lake);
    }

    /**
     * Publishes {@code tables}, which may be none, in this order, by {@code work}; or, where the run has published them all before, only adds
     * a missing line to the record of runs. A failure is recorded, too.
     *
     * @return whether there was anything to do
     * @throws JobException exit code 2 when the run id was used with other arguments, or a table is older or newer than its
     *     contract, 4 when the catalog does not know the newest version of a table that is to be written
     */
    public static boolean run(Lake lake, Run run, List<TableContract> tables, Consumer<Publication> work) {
        Publication publication = begin(lake, run, tables);
        if (publication.isDone()) {
            LOG.info("Run {} has published {} before; nothing to do", run.id(), tables);
            return false;
        }
        try {
            work.accept(publication);
        } catch (Exception e) {
            // Spark throws checked exceptions that its Java signatures don't declare.
            Optional<JobException> damage = publication.inputFiles.findDamage(e);
            publication.recordFailure(damage.isPresent() ? damage.get() : e);
            if (damage.isPresent()) {
                throw damage.get();
            }
            throw e;
        }
        return true;
    }

    /** The same; {@code progress} is told where there was nothing to do. */
    public static void run(
            Lake lake, Run run, List<TableContract> tables, Progress progress, Consumer<Publication> work) {
        if (!run(lake, run, tables, work)) {
            progress.publishedBefore();
        }
    }

    private static Publication begin(Lake lake, Run run, List<TableContract> tables) {
        Publication publication = new Publication(lake, run, tables);
        lake.findWritable(OpsTables.JOB_RUNS);
        for (TableContract contract : tables) {
            publication
                    .rememberBase(contract)
                    .flatMap(table -> sealOf(table, run.id()))
                    .ifPresent(seal -> {
                        requireSameArguments(run, seal.run());
                        publication.done.put(contract, seal);
                        publication.inputs.putAll(seal.inputs());
                    });
        }
        new TableVersions(lake, OpsTables.JOB_RUNS).findNewest();
        return publication;
    }

    /** The seal that a run left on {@code table}, if it has published it. */
    public static Optional<Seal> sealOf(Table table, String runId) {
        return Optional.ofNullable(table.snapshot(Lake.tag(runId))).flatMap(Seal::of);
    }

    private static void requireSameArguments(Run now, Run before) {
        if (!now.job().equals(before.job()) || !now.arguments().equals(before.arguments())) {
            throw JobException.badArguments("Run " + now.id() + " was made by " + before.job() + " with "
                    + before.arguments() + ", and is now asked of " + now.job() + " with " + now.arguments()
                    + ".\nRepeat it with the same arguments, or choose another --run-id.");
        }
    }

    private boolean isDone() {
        if (tables.isEmpty() || done.size() < tables.size()) {
            return false;
        }
        if (!jobRuns.hasSucceeded(run)) {
            jobRuns.succeeded(done.get(tables.get(tables.size() - 1)), outputs());
        }
        return true;
    }

    /** Finds a table and remembers what it is before anything is read: what others publish from now on must not be undone. */
    private Optional<Table> rememberBase(TableContract contract) {
        Optional<Table> table = lake.findWritable(contract);
        bases.put(
                contract,
                table.filter(found -> found.currentSnapshot() != null)
                        .map(found -> new Base(found, found.currentSnapshot())));
        return table;
    }

    /** Forgets what was done and read: an extract's input is gone, so it is all read and written again or not at all. */
    public void startOver() {
        done.clear();
        inputs.clear();
        facts.clear();
        branches.clear();
        lastChecks = List.of();
        tables.forEach(this::rememberBase);
    }

    /**
     * The snapshot of an input table to read: the one that this run recorded before it was cut off, else the one that this
     * run published, else what is current. It is recorded as an input.
     */
    public long input(TableContract contract, String producer) {
        return input(contract, producer, Window.all());
    }

    /**
     * The same of a table of which only a window is read.
     *
     * @throws JobException exit code 4 naming the files of the window that are gone or were cut or exchanged, 2 where another run has
     *     published from a newer snapshot meanwhile
     */
    public long input(TableContract contract, String producer, Window window) {
        String recorded = inputs.get(contract.qualifiedName());
        long snapshotId =
                recorded == null ? lake.inputSnapshot(contract, run.id(), producer) : Long.parseLong(recorded);
        refuseIfOvertaken(contract, snapshotId);
        recordInput(contract.qualifiedName(), Long.toString(snapshotId));
        inputFiles.add(contract, snapshotId, window);
        return snapshotId;
    }

    private void refuseIfOvertaken(TableContract input, long snapshotId) {
        Table inputTable = lake.find(input).orElseThrow();
        for (TableContract contract : tables) {
            if (!done.containsKey(contract)) {
                Optional<Seal> published = bases.get(contract).flatMap(base -> Seal.of(base.table(), base.snapshot()));
                OvertakenRun.refuse(run, contract, published, input, inputTable, snapshotId);
            }
        }
    }

    /** Records something that was read. */
    public void recordInput(String name, String version) {
        inputs.put(name, version);
    }

    /** Records a figure that later jobs rely on. */
    public void recordFact(String name, Object value) {
        facts.put(name, String.valueOf(value));
    }

    /** The table's state when this publication began to write it. */
    public Optional<Seal> before(TableContract contract) {
        return branch(contract).before();
    }

    /** The rows of a small table when this publication began to write it; only of one that has a snapshot. */
    public List<Record> rowsBefore(TableContract contract) {
        Base base = bases.get(contract).orElseThrow();
        return SmallTable.rows(base.table(), base.snapshot().snapshotId());
    }

    /** Whether this run has published the table before, so that {@link #write} leaves it. */
    public boolean isDone(TableContract contract) {
        return done.containsKey(contract);
    }

    /** Writes {@code rows} to the table's branch in place of what {@code replacement} selects; nothing if it is done. */
    public void write(TableContract contract, Dataset<Row> rows, OverwriteFilter replacement) {
        if (!done.containsKey(contract)) {
            branch(contract).write(rows, replacement, Map.of());
        }
    }

    /** The same, for partitions that are too many to have a file of each open at once: costs a sort. */
    public void writeSorted(TableContract contract, Dataset<Row> rows, OverwriteFilter replacement) {
        if (!done.containsKey(contract)) {
            branch(contract).write(rows, replacement, Map.of(SparkWriteOptions.FANOUT_ENABLED, "false"));
        }
    }

    /**
     * Adds the data files that {@code writer} makes of the table, which must be in its format, schema and partitions, to the
     * branch in place of what {@code replacement} selects; nothing if it is done. For rows that Spark need not see.
     */
    public void writeFiles(
            TableContract contract, Function<Table, List<DataFile>> writer, OverwriteFilter replacement) {
        if (!done.containsKey(contract)) {
            branch(contract).write(writer.apply(branch(contract).table()), replacement);
        }
    }

    /** The table as written by this run: its branch, or what it published before. */
    public Dataset<Row> written(TableContract contract) {
        return lake.read(contract, writtenSnapshotId(contract));
    }

    /** The snapshot with what this run has written to a table, or published before. */
    public long writtenSnapshotId(TableContract contract) {
        return isDone(contract)
                ? lake.find(contract).orElseThrow().snapshot(Lake.tag(run.id())).snapshotId()
                : branch(contract).head();
    }

    /**
     * Publishes what was written if all checks passed, and records the run.
     *
     * @param tags further tags for the published snapshots, kept for {@link TableBranch#REPORTED_TAG_DAYS} days
     * @throws JobException exit code 3 when a check failed, 4 when another run has moved a table meanwhile
     */
    public void publish(List<Check> checks, List<String> tags) {
        lastChecks = List.copyOf(checks);
        Seal seal = seal();
        List<Check> failed = checks.stream().filter(check -> !check.passed()).toList();
        if (!failed.isEmpty()) {
            throw failedChecks(failed);
        }
        for (TableContract contract : tables) {
            if (!done.containsKey(contract)) {
                branch(contract).publish(seal, tags);
                done.put(contract, seal);
            }
        }
        // A job without tables does its work again whenever it is repeated, and still was done once.
        if (!tables.isEmpty() || !jobRuns.hasSucceeded(run)) {
            jobRuns.succeeded(seal, outputs());
        }
    }

    private JobException failedChecks(List<Check> failed) {
        List<String> kept = new ArrayList<>();
        branches.forEach((contract, branch) -> kept.add(lake.identifier(contract) + ".`branch_" + branch.name() + "`"));
        if (tables.isEmpty()) {
            return JobException.badData(run.job() + ": " + failed.size() + " of " + lastChecks.size()
                    + " checks failed.\n- "
                    + String.join("\n- ", failed.stream().map(Check::toString).toList()));
        }
        String message = run.job() + " did not publish: " + failed.size() + " of "
                + lastChecks.size() + " checks failed.\n- "
                + String.join("\n- ", failed.stream().map(Check::toString).toList())
                + "\nReaders still see the tables as they were. What was written can be inspected in "
                + String.join(", ", kept.stream().sorted().toList()) + ".";
        return JobException.badData(message);
    }

    private void recordFailure(Exception failure) {
        try {
            jobRuns.failed(seal(), FailureExplanation.of(run.job(), failure).getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The failure could not be recorded in ops.job_runs", e);
        }
    }

    private Seal seal() {
        return new Seal(run, inputs, lastChecks, facts, startedAt, Instant.now());
    }

    private TableBranch branch(TableContract contract) {
        return branches.computeIfAbsent(
                contract,
                absent -> TableBranch.start(
                        lake, absent, run, bases.get(absent).map(Base::snapshot).orElse(null)));
    }

    private SortedMap<String, Long> outputs() {
        SortedMap<String, Long> outputs = new TreeMap<>();
        for (TableContract contract : tables) {
            Table table = lake.find(contract).orElseThrow();
            outputs.put(
                    contract.qualifiedName(),
                    table.refs().get(Lake.tag(run.id())).snapshotId());
        }
        return outputs;
    }
}
