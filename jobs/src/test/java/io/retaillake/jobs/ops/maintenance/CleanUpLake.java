package io.retaillake.jobs.ops.maintenance;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake for clean-ups of real tables, at once or as if days had passed. */
public final class CleanUpLake {

    static final List<Check> PASSED = List.of(Check.equal("rows", 1, 1));

    private static final List<Check> FAILED = List.of(Check.equal("rows", 1, 2));

    private final Path folder;
    private final TestLake lake;

    public CleanUpLake(Path folder) {
        this.folder = folder;
        this.lake = new TestLake(folder);
    }

    public Lake lake() {
        return lake.lake();
    }

    /** A table as its readers see it. */
    public Dataset<Row> read(TableContract contract) {
        return lake.read(contract);
    }

    long snapshotId() {
        return lake.snapshotId(PURCHASE);
    }

    /** Publishes a run's purchases in place of all before. */
    public void publish(String runId, int rows) {
        publish(runId, purchases(rows));
    }

    public void publish(String runId, Dataset<Row> purchases) {
        lake.publishPurchases(runId, purchases.drop("source_month"), true);
    }

    /** A run whose checks fail: its branch stays. */
    public void failAfterWriting(String runId) {
        assertThatThrownBy(() -> Publication.run(lake.lake(), run(runId), List.of(PURCHASE), publication -> {
                    publication.write(PURCHASE, purchases(5), OverwriteFilter.everything());
                    publication.publish(FAILED, List.of());
                }))
                .hasMessageContaining("did not publish");
    }

    /** A run that dies between making its branch and writing to it. */
    void dieAfterBranching(String runId) {
        assertThatThrownBy(() -> Publication.run(lake.lake(), run(runId), List.of(PURCHASE), publication -> {
                    assertThat(publication.before(PURCHASE)).isPresent();
                    throw new IllegalStateException("died");
                }))
                .hasMessage("died");
    }

    /** A data file as a task leaves it whose job died before it committed. */
    Path leaveAnOrphan() throws IOException {
        Path known = dataFiles().first();
        return Files.copy(known, known.resolveSibling("never-committed-" + known.getFileName()));
    }

    static Run run(String runId) {
        return new Run(runId, "ExtractPurchases", new TreeMap<>(Map.of("window", "all")));
    }

    Dataset<Row> inSixFiles(int rows) {
        return purchases(rows).repartition(6);
    }

    Dataset<Row> purchases(int rows) {
        return lake.spark()
                .range(rows)
                .selectExpr(
                        "'A' affiliate",
                        "concat('R', id) receipt_no",
                        "'D' division_cd",
                        "'M' main_category_cd",
                        "'S' sub_category_cd",
                        "CAST(null AS string) customer_id",
                        "'T' store_cd",
                        "'20150115' purchase_date",
                        "'12' purchase_time",
                        "CAST(id AS double) amount",
                        "'201501' source_month");
    }

    /** The table as a run published it. */
    public Dataset<Row> ofRun(String runId) {
        return lake.spark()
                .sql("SELECT * FROM " + lake.lake().identifier(PURCHASE) + " VERSION AS OF '" + Lake.tag(runId) + "'");
    }

    long filesOf(TableContract contract) {
        return lake.spark().table(lake.lake().identifier(contract) + ".files").count();
    }

    public Table table() {
        return lake().find(PURCHASE).orElseThrow(() -> new NoSuchTableException("bronze.purchase"));
    }

    int snapshots() {
        List<Object> snapshots = new ArrayList<>();
        table().snapshots().forEach(snapshots::add);
        return snapshots.size();
    }

    public SortedSet<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            return all.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    public SortedSet<Path> dataFiles() throws IOException {
        SortedSet<Path> files = files();
        files.removeIf(file -> !file.toString().matches(".*/bronze/purchase/data/.*[.]avro"));
        return files;
    }

    /** What was said of bronze.purchase. */
    static String ofTable(String said) {
        int start = said.indexOf("bronze.purchase\n");
        return said.substring(start, said.indexOf("ops.job_runs\n", start));
    }

    /** Cleans up as if this much time had passed, and returns what was printed. */
    public String cleanUp(Duration later, String... more) {
        return cleanUpAt(Instant.now().plus(later), more);
    }

    String cleanUpAt(Instant now, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--lake", folder.toString()));
        arguments.addAll(List.of(more));
        return Printed.by(() -> {
            try {
                JobMain.run(new CleanUp(Clock.fixed(now, ZoneOffset.UTC)), arguments.toArray(String[]::new));
            } catch (FailedJobException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        });
    }
}
