package io.retaillake.jobs.ops.maintenance;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.ops.check.CheckLake;
import io.retaillake.jobs.ops.preflight.Findings;
import io.retaillake.jobs.ops.preflight.LakeFindings;
import io.retaillake.jobs.ops.sql.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedSet;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake that was copied with its catalog, which names the original's tables: what works on the copy leaves the original alone. */
class CopiedLakeTest {

    @TempDir
    private Path temporary;

    private Path original;
    private Path copy;
    private CleanUpLake lake;

    @BeforeEach
    void copyALake() throws IOException {
        original = temporary.resolve("lake");
        copy = temporary.resolve("copy");
        lake = new CleanUpLake(original);
        lake.publish("r1", 10);
        FolderCopy.of(original, copy);
        lake.publish("r2", 20);
    }

    @Test
    void jobsOnTheCopyTouchNothingOfTheOriginal() throws IOException {
        SortedSet<Path> before = lake.files();
        CleanUp tenDaysLater = new CleanUp(Clock.fixed(Instant.now().plus(Duration.ofDays(10)), ZoneOffset.UTC));

        assertThatTheOriginalIsNamed(fail(tenDaysLater));
        assertThatTheOriginalIsNamed(fail(new Sql(), "SELECT count(*) FROM bronze.purchase"));
        assertThatThrownBy(() -> new TestLake(copy).spark().sql("DROP TABLE lake.bronze.purchase PURGE"))
                .hasMessageContaining("lies in file://" + original);
        assertThatTheOriginalIsNamed(fail(new Sql(), "SELECT * FROM bronze.purchase.snapshots"));
        assertThatThrownBy(() -> new CleanUpLake(copy).publish("r3", 30))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(original.toString());

        assertThat(lake.files()).isEqualTo(before);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }

    @Test
    void statementsOnTheCopyTouchNoneOfTheOwnTablesOfTheOriginalsUser() throws IOException, FailedJobException {
        TestLake there = new TestLake(original);
        there.run(new Sql(), null, "CREATE NAMESPACE mine", "--write");
        there.run(new Sql(), null, "CREATE TABLE mine.kept AS SELECT 1 AS one", "--write");
        Path another = temporary.resolve("another");
        FolderCopy.of(original, another);
        SortedSet<Path> before = lake.files();
        TestLake here = new TestLake(another);

        for (String statement : List.of(
                "INSERT INTO mine.kept SELECT 2",
                "DROP TABLE mine.kept PURGE",
                "CALL lake.system.remove_orphan_files('mine.kept')",
                "ALTER TABLE mine.kept ADD COLUMN two INT",
                "SELECT * FROM mine.kept",
                "CREATE TABLE mine.outside (one INT) LOCATION '" + original + "/data/mine/kept'",
                "CREATE TABLE mine.outside LOCATION '" + original + "/data/mine/kept' AS SELECT 1 AS one")) {
            FailedJobException failure = here.fail(new Sql(), null, statement, "--write");
            assertThat(failure).as(statement).isNotNull();
            assertThat(failure)
                    .as(statement)
                    .hasMessageContainingAll("file://" + original + "/data/mine/kept", "the lake file://" + another);
            assertThat(failure.exitCode()).isEqualTo(2);
        }
        here.run(new Sql(), null, "DROP TABLE mine.kept", "--write");
        here.run(new Sql(), null, "CREATE TABLE mine.kept AS SELECT 3 AS three", "--write");

        assertThat(lake.files()).isEqualTo(before);
    }

    @Test
    void preflightAndCheckLakeCallTheCopyAProblem() {
        String found = Printed.by(() -> {
            Findings findings = new Findings(System.out);
            LakeFindings.find(LocalLakes.open(copy).settings(), findings);
            assertThatThrownBy(findings::throwIfAny).hasMessageContaining("catalog");
        });
        assertThat(found).contains("problem  catalog", "lies in file://" + original, "the lake file://" + copy);
        assertThat(found.split("CheckLake", -1))
                .as("the way out, once for all tables")
                .hasSize(2);

        String checked =
                Printed.by(() -> assertThat(fail(new CheckLake()).exitCode()).isEqualTo(4));
        assertThat(checked).contains("problem   bronze.purchase", "lies in file://" + original);
    }

    @Test
    void aLakeIsTheSameByEveryNameOfItsFolder() throws IOException, FailedJobException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), original);
        List<String> names = List.of(
                link.toString(),
                original + "/",
                temporary + "/copy/../lake",
                "file:" + original,
                "file://" + link,
                Path.of("").toAbsolutePath().relativize(original).toString());
        for (String name : names) {
            JobMain.run(new CleanUp(), "--lake", name);
        }

        new CleanUpLake(link).publish("r3", 30);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(30);
    }

    @Test
    void oneTableThatPointsElsewhereStopsWhatWorksOnIt() {
        Path other = temporary.resolve("other");
        CleanUpLake otherLake = new CleanUpLake(other);
        otherLake.publish("x", 5);
        String foreign = ((BaseTable) otherLake.table()).operations().current().metadataFileLocation();
        TestLake here = new TestLake(original);
        here.spark().sql("DROP TABLE lake.bronze.purchase");
        here.spark().sql("CALL lake.system.register_table('bronze.purchase', '" + foreign + "')");

        assertThatThrownBy(() -> lake.publish("r3", 30)).hasMessageContaining("lies in file://" + other);
        assertThatThrownBy(() -> Publication.run(
                        lake.lake(), CleanUpLake.run("r4"), List.of(), publication -> publication.input(PURCHASE, "X")))
                .hasMessageContaining("lies in file://" + other);
        assertThat(otherLake.read(PURCHASE).count()).isEqualTo(5);
    }

    @Test
    void aCatalogThatTheCopyHasByALinkStaysTheOriginals() throws IOException {
        for (String name : List.of("catalog.db", "catalog.db-wal", "catalog.db-shm")) {
            Files.deleteIfExists(copy.resolve(name));
        }
        Files.createSymbolicLink(copy.resolve("catalog.db"), original.resolve("catalog.db"));
        for (String option : List.of("--relocate", "--restore")) {
            String said = Printed.by(
                    () -> assertThat(fail(new CheckLake(), option).exitCode()).isEqualTo(4));
            assertThat(said).contains("problem   bronze.purchase");
            assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
        }

        Files.delete(copy.resolve("catalog.db"));
        Files.createLink(copy.resolve("catalog.db"), original.resolve("catalog.db"));
        assertThatThrownBy(() -> JobMain.run(new CheckLake(), "--relocate", "--lake", copy.toString()))
                .hasMessageContainingAll(copy + "/catalog.db", "hard links")
                .asInstanceOf(type(FailedJobException.class))
                .extracting(FailedJobException::exitCode)
                .isEqualTo(4);
        Files.delete(copy.resolve("catalog.db"));
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }

    private void assertThatTheOriginalIsNamed(FailedJobException failure) {
        assertThat(failure).isNotNull();
        assertThat(failure)
                .hasMessageContainingAll("lies in file://" + original + "/", "the lake file://" + copy, "--relocate");
        assertThat(failure.exitCode()).isEqualTo(2);
    }

    private FailedJobException fail(Job job, String... more) {
        return new TestLake(copy).fail(job, null, more);
    }
}
