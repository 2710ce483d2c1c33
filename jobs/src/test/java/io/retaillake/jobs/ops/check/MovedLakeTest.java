package io.retaillake.jobs.ops.check;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.ops.maintenance.CleanUpLake;
import io.retaillake.jobs.ops.maintenance.FolderCopy;
import io.retaillake.jobs.ops.sql.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake whose folder was moved: it is said from where to where, nothing is lost, and its paths can be rewritten. */
class MovedLakeTest {

    @TempDir
    private Path temporary;

    private Path from;
    private Path to;

    @BeforeEach
    void moveALake() throws IOException {
        from = temporary.resolve("lake");
        to = temporary.resolve("moved");
        CleanUpLake lake = new CleanUpLake(from);
        lake.publish("r1", 10);
        lake.failAfterWriting("failed");
        lake.publish("r2", 20);
        Files.move(from, to);
    }

    @Test
    void restoreRegistersNothingAndSaysFromWhereToWhereItWasMoved() {
        for (String[] arguments : new String[][] {{}, {"--restore"}}) {
            String said = Printed.by(() -> {
                FailedJobException failure = new TestLake(to).fail(new CheckLake(), null, arguments);
                assertThat(failure).isNotNull();
                assertThat(failure.exitCode()).isEqualTo(4);
            });
            assertThat(said)
                    .contains("problem   bronze.purchase")
                    .contains("moved from file://" + from + " to file://" + to)
                    .contains("CheckLake --lake file://" + to + " --relocate");
        }
        FailedJobException failure =
                new TestLake(to).fail(new Sql(), null, "SELECT count(*) FROM bronze.purchase VERSION AS OF 'run-r1'");
        assertThat(failure).hasMessageContaining("moved from file://" + from + " to file://" + to);
        assertThat(failure.exitCode()).isEqualTo(2);
    }

    @Test
    void relocatedItIsReadWrittenAndCleanedAsBefore() throws IOException, FailedJobException {
        relocate(to);

        CleanUpLake lake = new CleanUpLake(to);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
        assertThat(lake.ofRun("r1").count()).isEqualTo(10);
        assertThat(lake.table().refs()).containsKey("audit-failed");
        new TestLake(to).run(new CheckLake(), null);
        assertThat(relocate(to)).as("again, where nothing is to do").doesNotContain("moved ");

        lake.publish("r3", 30);
        SortedSet<Path> data = new TreeSet<>(lake.dataFiles());
        lake.cleanUp(Duration.ofDays(10), "--small-files", "0");
        assertThat(lake.dataFiles()).as("what branches and tags hold").isSubsetOf(data);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(30);
        assertThat(lake.ofRun("r1").count()).isEqualTo(10);
        assertThat(lake.ofRun("r2").count()).isEqualTo(20);
        assertThat(from).doesNotExist();
    }

    @Test
    void aRelocationThatWasCutOffIsRepeated() throws IOException, FailedJobException {
        Path before = temporary.resolve("before");
        FolderCopy.ofCatalog(to, before);
        relocate(to);
        FolderCopy.ofCatalog(before, to);

        relocate(to);

        CleanUpLake lake = new CleanUpLake(to);
        lake.publish("r3", 30);
        assertThat(lake.ofRun("r1").count()).isEqualTo(10);
    }

    @Test
    void itsLostCatalogIsMadeAnewFromTheRelocatedTables() throws IOException, FailedJobException {
        for (String name : new String[] {"catalog.db", "catalog.db-wal", "catalog.db-shm"}) {
            Files.deleteIfExists(to.resolve(name));
        }
        assertThat(Printed.by(() -> new TestLake(to).fail(new CheckLake(), null, "--restore")))
                .contains("moved from file://" + from + " to file://" + to);

        relocate(to);

        assertThat(new CleanUpLake(to).read(PURCHASE).count()).isEqualTo(20);
    }

    @Test
    void aCopyBecomesALakeOfItsOwnButNotWithTheOriginalsCatalog() throws IOException, FailedJobException {
        Path copy = temporary.resolve("copy");
        relocate(to);
        FolderCopy.of(to, copy);
        SortedSet<Path> original = new CleanUpLake(to).files();

        String originalsCatalog = to.resolve("catalog.db").toString();
        String said = Printed.by(
                () -> new TestLake(copy).fail(new CheckLake(), null, "--relocate", "--catalog-file", originalsCatalog));
        assertThat(said).contains("It would lose its table");
        assertThat(new CleanUpLake(to).read(PURCHASE).count()).isEqualTo(20);

        relocate(copy);
        said = Printed.by(
                () -> new TestLake(copy).fail(new CheckLake(), null, "--restore", "--catalog-file", originalsCatalog));
        assertThat(said).contains("It would lose its table");
        assertThat(new CleanUpLake(to).read(PURCHASE).count()).isEqualTo(20);
        CleanUpLake lake = new CleanUpLake(copy);
        lake.publish("r3", 30);
        lake.cleanUp(Duration.ofDays(100), "--keep-runs", "1");

        assertThat(lake.read(PURCHASE).count()).isEqualTo(30);
        assertThat(new CleanUpLake(to).files()).isEqualTo(original);
        assertThat(lake.files().stream().map(Path::toString).collect(Collectors.toSet()))
                .allMatch(file -> file.startsWith(copy.toString()));
        assertThat(new CleanUpLake(to).read(PURCHASE).count()).isEqualTo(20);
    }

    private static String relocate(Path lake) {
        return Printed.by(() -> {
            try {
                new TestLake(lake).run(new CheckLake(), null, "--relocate");
            } catch (FailedJobException e) {
                throw new AssertionError(e.getMessage(), e);
            }
        });
    }
}
