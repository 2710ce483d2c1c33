package io.retaillake.jobs.ops.check;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.common.contract.OpsTables.JOB_RUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.ops.maintenance.CleanUp;
import io.retaillake.jobs.ops.maintenance.CleanUpLake;
import io.retaillake.jobs.ops.maintenance.FolderCopy;
import io.retaillake.jobs.ops.maintenance.Migrate;
import io.retaillake.jobs.ops.preflight.Findings;
import io.retaillake.jobs.ops.preflight.LakeFindings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalog that does not know the newest versions of its tables, because an older copy of it was put back. */
class OlderCatalogTest {

    private static final Duration TEN_DAYS = Duration.ofDays(10);

    @TempDir
    private Path temporary;

    private Path folder;
    private Path backup;
    private CleanUpLake lake;

    @BeforeEach
    void makeALakeAndABackupOfItsCatalog() throws IOException {
        folder = temporary.resolve("lake");
        backup = temporary.resolve("backup");
        lake = new CleanUpLake(folder);
        lake.publish("r1", 10);
        FolderCopy.ofCatalog(folder, backup);
    }

    @Test
    void nothingIsWrittenOrRemovedUntilTheNewestVersionsAreRegistered() throws IOException, FailedJobException {
        lake.publish("r2", 20);
        putTheOlderCatalogBack();
        SortedSet<Path> before = lake.files();

        FailedJobException failure = new TestLake(folder).fail(cleanUpLater(), null);
        assertThat(failure).isNotNull();
        assertThat(failure)
                .hasMessageContainingAll("bronze.purchase", "newer versions", ".metadata.json", "CheckLake --restore");
        assertThat(failure.exitCode()).isEqualTo(4);
        assertThatThrownBy(() -> lake.publish("r3", 30))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                .hasMessageContaining("newer versions");
        FailedJobException migration = new TestLake(folder).fail(new Migrate(), null);
        assertThat(migration).isNotNull().hasMessageContaining("newer versions");
        assertThat(migration.exitCode()).isEqualTo(4);
        assertThat(Printed.by(() -> LakeFindings.find(lake.lake().settings(), new Findings(System.out))))
                .contains("problem  catalog        bronze.purchase", "newer versions");
        assertThat(Printed.by(() -> new TestLake(folder).fail(new CheckLake(), null)))
                .contains("problem   bronze.purchase", "newer versions");
        assertThat(lake.files()).isEqualTo(before);

        new TestLake(folder).run(new CheckLake(), null, "--restore");

        lake = new CleanUpLake(folder);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
        lake.publish("r3", 30);
        lake.cleanUp(TEN_DAYS);
        assertThat(lake.ofRun("r2").count()).isEqualTo(20);
    }

    @Test
    void aCommitThatDiedBeforeTheCatalogNamedItStopsNothing() throws IOException {
        Table table = lake.table();
        String died = writeSuccessor(table);

        lake.cleanUp(TEN_DAYS, "--small-files", "0");
        assertThat(Path.of(died)).as("nothing tells it from a version yet").exists();

        lake.publish("r2", 20);
        assertThat(lake.cleanUp(Duration.ofDays(2))).doesNotContain("orphan " + PURCHASE.folder());
        assertThat(Path.of(died)).exists();
        lake.cleanUp(TEN_DAYS, "--small-files", "0");
        assertThat(Path.of(died)).as("the table has gone on without it").doesNotExist();
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }

    @Test
    void cleanUpLeavesVersionsThatTheTableDoesNotDescendFrom() throws IOException {
        lake.publish("r2", 20);
        SortedSet<Path> ofTheOtherBranch = new TreeSet<>(lake.files());
        putTheOlderCatalogBack();
        ofTheOtherBranch.removeIf(file -> !file.toString().contains("/bronze/purchase/"));
        for (int commit = 0; commit < 10; commit++) {
            // As another tool does, or a version of this library that does not look.
            lake.table()
                    .updateProperties()
                    .set("commit", Integer.toString(commit))
                    .commit();
        }
        letTheRecordOfRunsGoOn();

        String said = lake.cleanUp(TEN_DAYS, "--small-files", "0");

        assertThat(said).contains("kept").contains(".metadata.json");
        assertThat(lake.files()).containsAll(ofTheOtherBranch);
    }

    /** The version that a commit of {@code table} writes before it has the catalog name it. */
    private static String writeSuccessor(Table table) {
        TableMetadata current = ((BaseTable) table).operations().current();
        String name = String.format(
                "%05d-00000000-0000-0000-0000-000000000000.metadata.json",
                Integer.parseInt(current.metadataFileLocation()
                                .replaceFirst(".*/", "")
                                .replaceFirst("-.*", ""))
                        + 1);
        String location = table.location() + "/metadata/" + name;
        TableMetadataParser.write(
                TableMetadata.buildFrom(current)
                        .setProperties(Map.of("died", "true"))
                        .build(),
                table.io().newOutputFile(location));
        return location.replaceFirst("^file://", "");
    }

    private void putTheOlderCatalogBack() throws IOException {
        FolderCopy.ofCatalog(backup, folder);
        lake = new CleanUpLake(folder);
    }

    /** Has the record of runs go on, too, until it has as many versions as there were. */
    private void letTheRecordOfRunsGoOn() {
        Table runs = lake.lake().find(JOB_RUNS).orElseThrow();
        for (int commit = 0; commit < 3; commit++) {
            runs.updateProperties().set("commit", Integer.toString(commit)).commit();
        }
    }

    private static CleanUp cleanUpLater() {
        return new CleanUp(Clock.fixed(Instant.now().plus(TEN_DAYS), ZoneOffset.UTC));
    }
}
