package io.retaillake.jobs.ops;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.lake.CatalogKind;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.publish.Run;
import io.retaillake.common.publish.Seal;
import io.retaillake.jobs.TestLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clean-ups of real tables, at once or as if days had passed. */
class CleanUpTest {

    private static final List<Check> PASSED = List.of(Check.equal("rows", 1, 1));
    private static final List<Check> FAILED = List.of(Check.equal("rows", 1, 2));

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void openLake() {
        lake = new TestLake(folder);
    }

    @Test
    void leavesEverythingThatIsYoung() throws Exception {
        publish("r1", 10);
        failAfterWriting("r2");
        long published = lake.snapshotId(PURCHASE);

        String said = cleanUp(Duration.ofDays(2));

        assertThat(said).contains("bronze.purchase\n  nothing to do");
        assertThat(table().refs()).containsOnlyKeys("main", "run-r1", "audit-r2");
        assertThat(lake.snapshotId(PURCHASE)).isEqualTo(published);
    }

    @Test
    void expiresWhatNoTagHoldsAndNothingElse() throws Exception {
        publish("r1", 10);
        publish("r2", 20);
        int snapshots = snapshots();

        cleanUp(Duration.ofDays(40));

        assertThat(snapshots()).as("the newest stay for those who read them").isEqualTo(snapshots);
        for (int run = 3; run <= 6; run++) {
            publish("r" + run, run * 10);
        }
        cleanUp(Duration.ofDays(40));
        assertThat(snapshots()).isLessThan(6 * 2);
        for (int run = 1; run <= 6; run++) {
            assertThat(ofRun("r" + run).count()).isEqualTo(run * 10L);
        }
    }

    @Test
    void dropsTheTagsAndFilesOfRunsLongSuperseded() throws Exception {
        for (int run = 1; run <= 6; run++) {
            publish("r" + run, run * 10);
        }
        int files = dataFiles().size();

        cleanUp(Duration.ofDays(40), "--keep-runs", "2");

        assertThat(table().refs()).containsOnlyKeys("main", "run-r5", "run-r6");
        assertThat(dataFiles()).hasSizeLessThan(files);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(60);
        assertThat(ofRun("r5").count()).isEqualTo(50);
    }

    @Test
    void keepsTheTagsOfRunsThatWereCurrentALittleWhileAgo() throws Exception {
        publish("r1", 10);
        publish("r2", 20);

        cleanUp(Duration.ofDays(29), "--keep-runs", "1");

        assertThat(table().refs()).containsKeys("run-r1", "run-r2");
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() throws Exception {
        for (int run = 1; run <= 6; run++) {
            publish("r" + run, run * 10);
        }
        failAfterWriting("r7");
        leaveAnOrphan();
        SortedSet<Path> before = files();

        String announced = cleanUp(Duration.ofDays(40), "--keep-runs", "2", "--dry-run");

        assertThat(files()).isEqualTo(before);
        String done = cleanUp(Duration.ofDays(40), "--keep-runs", "2");
        assertThat(ofTable(announced).replace("would ", "")).isEqualTo(ofTable(done));
        assertThat(ofTable(done))
                .contains("drop tag run-r4", "drop branch audit-r7", "expire ", "remove the orphan ")
                .doesNotContain("run-r5,");
    }

    @Test
    void dropsTheBranchOfARunThatFailedLongAgo() throws Exception {
        publish("r1", 10);
        failAfterWriting("r2");

        cleanUp(Duration.ofDays(8));

        assertThat(table().refs()).containsOnlyKeys("main", "run-r1");
        assertThat(lake.read(PURCHASE).count()).isEqualTo(10);
    }

    @Test
    void keepsTheBranchThatARunHasJustMadeFromAnOldVersion() throws Exception {
        publish("r1", 10);
        Publication.run(lake.lake(), run("r2"), List.of(PURCHASE), publication -> {
            assertThat(publication.before(PURCHASE)).isPresent();
            Instant branched = Instant.ofEpochMilli(
                    ((BaseTable) table()).operations().current().lastUpdatedMillis());
            assertThat(table().currentSnapshot().timestampMillis()).isLessThan(branched.toEpochMilli() - 1);
            // The version is older than a branch may be, the branch is not.
            cleanUpAt(branched.plus(Duration.ofDays(7)).minusMillis(1));
            publication.write(PURCHASE, purchases(20), Replacement.everything());
            publication.publish(PASSED, List.of());
        });

        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }

    @Test
    void dropsTheBranchOfARunThatDiedBeforeItWrote() throws Exception {
        publish("r1", 10);
        dieAfterBranching("r2");

        cleanUp(Duration.ofDays(8));

        assertThat(table().refs()).containsOnlyKeys("main", "run-r1");
    }

    @Test
    void removesOrphansOnceTheyAreOld() throws Exception {
        publish("r1", 10);
        Path orphan = leaveAnOrphan();

        cleanUp(Duration.ofDays(2));
        assertThat(orphan).exists();

        assertThat(cleanUp(Duration.ofDays(4))).contains("1 orphans removed");
        assertThat(orphan).doesNotExist();
        assertThat(lake.read(PURCHASE).count()).isEqualTo(10);
    }

    @Test
    void refusesToTakeAnotherLakesFilesForOrphans() throws Exception {
        publish("r1", 10);
        Lake other = Lake.open(
                new LakeSettings(
                        lake.lake().settings().root(),
                        CatalogKind.LOCAL,
                        folder.resolve("catalog.db").toString(),
                        "other_"),
                "test");
        Publication.run(other, run("r1"), List.of(PURCHASE), publication -> {
            publication.write(PURCHASE, purchases(20), Replacement.everything());
            publication.publish(PASSED, List.of());
        });

        assertThat(cleanUp(Duration.ofDays(4))).contains("Another table lies in");
        assertThat(other.spark().table(other.identifier(PURCHASE)).count()).isEqualTo(20);
    }

    @Test
    void aRunInProgressIsNotDisturbed() throws Exception {
        publish("r1", 10);
        Publication.run(lake.lake(), run("r2"), List.of(PURCHASE), publication -> {
            publication.write(PURCHASE, inSixFiles(60), Replacement.everything());
            cleanUpAt(Instant.now().plus(Duration.ofDays(2)));
            assertThat(publication.written(PURCHASE).count()).isEqualTo(60);
            publication.publish(PASSED, List.of());
        });

        assertThat(lake.read(PURCHASE).count()).isEqualTo(60);
        assertThat(table().refs()).containsOnlyKeys("main", "run-r1", "run-r2");
    }

    @Test
    void aReaderInTheMiddleOfATableReadsOn() throws Exception {
        Publication.run(lake.lake(), run("r1"), List.of(PURCHASE), publication -> {
            publication.write(PURCHASE, inSixFiles(600), Replacement.everything());
            publication.publish(PASSED, List.of());
        });
        Iterator<Row> reader = lake.read(PURCHASE).toLocalIterator();
        reader.next();

        assertThat(cleanUp(Duration.ofDays(4))).contains("rewrite 6 small files");

        int rest = 0;
        for (; reader.hasNext(); rest++) {
            reader.next();
        }
        assertThat(rest).isEqualTo(599);
    }

    @Test
    void rewritesSmallFilesAndKeepsTheSealOfTheirRows() throws Exception {
        Publication.run(lake.lake(), run("r1"), List.of(PURCHASE), publication -> {
            publication.write(PURCHASE, inSixFiles(60), Replacement.everything());
            publication.recordFact(BronzeTables.KEY_ENFORCED_FACT, true);
            publication.publish(PASSED, List.of());
        });

        cleanUp(Duration.ofDays(1));

        assertThat(filesOf(PURCHASE)).isEqualTo(1);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(60);
        Seal seal = Seal.of(table(), table().currentSnapshot()).orElseThrow();
        assertThat(seal.run().id()).isEqualTo("r1");
        assertThat(seal.facts()).containsEntry(BronzeTables.KEY_ENFORCED_FACT, "true");
        publish("r2", 20);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }

    @Test
    void rewritesTheRecordOfRuns() throws Exception {
        for (int run = 1; run <= 6; run++) {
            publish("r" + run, run);
        }
        long rows = lake.read(OpsTables.JOB_RUNS).count();

        cleanUp(Duration.ZERO);

        // The clean-up's own line comes after.
        assertThat(filesOf(OpsTables.JOB_RUNS)).isEqualTo(2);
        assertThat(lake.read(OpsTables.JOB_RUNS).count()).isEqualTo(rows + 1);
    }

    @Test
    void refusesAgesThatWouldTouchWhatIsInUse() {
        assertThatThrownBy(() -> JobMain.run(
                        new CleanUp(),
                        "--lake",
                        folder.toString(),
                        "--orphan-age-days",
                        "0",
                        "--keep-runs",
                        "0",
                        "--small-files",
                        "1"))
                .isInstanceOf(FailedJobException.class)
                .hasMessageContaining("--orphan-age-days is 0")
                .hasMessageContaining("--keep-runs is 0")
                .hasMessageContaining("--small-files is 1");
    }

    private void publish(String runId, int rows) {
        lake.publishPurchases(runId, purchases(rows).drop("source_month"), true);
    }

    private void failAfterWriting(String runId) {
        assertThatThrownBy(() -> Publication.run(lake.lake(), run(runId), List.of(PURCHASE), publication -> {
                    publication.write(PURCHASE, purchases(5), Replacement.everything());
                    publication.publish(FAILED, List.of());
                }))
                .hasMessageContaining("did not publish");
    }

    private void dieAfterBranching(String runId) {
        assertThatThrownBy(() -> Publication.run(lake.lake(), run(runId), List.of(PURCHASE), publication -> {
                    assertThat(publication.before(PURCHASE)).isPresent();
                    throw new IllegalStateException("died");
                }))
                .hasMessage("died");
    }

    /** A data file as a task leaves it whose job died before it committed. */
    private Path leaveAnOrphan() throws IOException {
        Path known = dataFiles().first();
        return Files.copy(known, known.resolveSibling("never-committed-" + known.getFileName()));
    }

    private static Run run(String runId) {
        return new Run(runId, "ExtractPurchases", new TreeMap<>(Map.of("window", "all")));
    }

    private Dataset<Row> inSixFiles(int rows) {
        return purchases(rows).repartition(6);
    }

    private Dataset<Row> purchases(int rows) {
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

    private Dataset<Row> ofRun(String runId) {
        return lake.spark()
                .read()
                .option("tag", Lake.tag(runId))
                .table(lake.lake().identifier(PURCHASE));
    }

    private long filesOf(TableContract contract) {
        return lake.spark().table(lake.lake().identifier(contract) + ".files").count();
    }

    private Table table() {
        return lake.lake().find(PURCHASE).orElseThrow(() -> new NoSuchTableException("bronze.purchase"));
    }

    private int snapshots() {
        List<Object> snapshots = new ArrayList<>();
        table().snapshots().forEach(snapshots::add);
        return snapshots.size();
    }

    private SortedSet<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data"))) {
            return all.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private SortedSet<Path> dataFiles() throws IOException {
        SortedSet<Path> files = files();
        files.removeIf(file -> !file.toString().matches(".*/bronze/purchase/data/.*[.]avro"));
        return files;
    }

    /** What was said of bronze.purchase. */
    private static String ofTable(String said) {
        int start = said.indexOf("bronze.purchase\n");
        return said.substring(start, said.indexOf("ops.job_runs\n", start));
    }

    /** Cleans up as if this much time had passed, and returns what was printed. */
    private String cleanUp(Duration later, String... more) throws FailedJobException {
        return cleanUpAt(Instant.now().plus(later), more);
    }

    private String cleanUpAt(Instant now, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--lake", folder.toString()));
        arguments.addAll(List.of(more));
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            JobMain.run(new CleanUp(Clock.fixed(now, ZoneOffset.UTC)), arguments.toArray(String[]::new));
        } catch (FailedJobException e) {
            throw new AssertionError(e.getMessage(), e);
        } finally {
            System.setOut(standardOutput);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
