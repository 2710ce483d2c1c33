package io.retaillake.jobs;

import static io.retaillake.common.contract.OpsTables.JOB_RUNS;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.jobs.gold.SalesByDatetime;
import io.retaillake.jobs.ops.check.CheckLake;
import io.retaillake.jobs.ops.report.PublishReport;
import io.retaillake.jobs.ops.verify.VerifyRun;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A lake's metadata or catalog that is lost or damaged between two jobs: they say so, and {@code CheckLake --restore} fixes it.
 */
class LostMetadataTest extends OnDamagedLake {

    @Test
    void returnsToTheNewestVersionWhoseMetadataCanBeRead() throws IOException, FailedJobException {
        List<Path> files = damaged.metadataFiles(PURCHASES, ".metadata.json");

        assertThatMetadataIsRestoredWithout(files.get(files.size() - 1));
    }

    @ParameterizedTest
    @Tag("faults")
    @ValueSource(strings = {"snap-", "-m0.avro"})
    void returnsToTheNewestVersionWhoseManifestsCanBeRead(String part) throws IOException, FailedJobException {
        assertThatMetadataIsRestoredWithout(newest(damaged.metadataFiles(PURCHASES, part)));
    }

    private static void assertThatMetadataIsRestoredWithout(Path file) throws IOException, FailedJobException {
        List<String> before = damaged.sales();
        FileDamage.DELETED.to(file);

        FailedJobException failure = damaged.lake().fail(new SalesByDatetime(), "again");
        assertThat(failure).hasMessageStartingWith("silver.purchases is damaged");
        assertThat(failure).hasMessageContaining("CheckLake --restore");
        assertThat(failure.exitCode()).isEqualTo(4);

        damaged.lake().run(new CheckLake(), null, "--restore");
        damaged.lake().run(new BuildPurchases(), "repair");
        damaged.lake().run(new SalesByDatetime(), "repair");
        assertThat(damaged.sales()).isEqualTo(before);
    }

    @Test
    void registersEveryTableAgainWhenTheCatalogIsLost() throws IOException, FailedJobException {
        loseCatalog();

        FailedJobException failure =
                damaged.lake().fail(new BuildPurchases(), "february", "--from", "2015-02", "--to", "2015-02");
        assertThat(failure).hasMessageContaining("does not know bronze.purchase, but its versions lie in");
        assertThat(failure.exitCode()).isEqualTo(4);

        damaged.lake().run(new CheckLake(), null, "--restore");
        damaged.lake().run(new VerifyRun(), DamagedLake.RUN);
    }

    @Test
    void registersTheNewestVersionThatIsMetadataAtAll() throws IOException, FailedJobException {
        List<Path> versions = damaged.metadataFiles(PURCHASES, ".metadata.json");
        int newest = versions.size() - 1;
        damaged.forgetChecksums(PURCHASES);
        FileDamage.CUT_IN_HALF.to(versions.get(newest));
        Files.writeString(versions.get(newest - 1), "{}");
        FileDamage.EMPTIED.to(versions.get(newest - 2));
        loseCatalog();

        damaged.lake().run(new CheckLake(), null, "--restore");

        Table restored = new TestLake(damaged.folder()).lake().find(PURCHASES).orElseThrow();
        assertThat(((BaseTable) restored).operations().current().metadataFileLocation())
                .endsWith(versions.get(newest - 3).getFileName().toString());
    }

    @Test
    @Tag("faults")
    void returnsToTheNewestVersionWhereTheCurrentOneIsJsonAndNoMetadata() throws IOException, FailedJobException {
        List<Path> versions = damaged.metadataFiles(PURCHASES, ".metadata.json");
        damaged.forgetChecksums(PURCHASES);
        Files.writeString(versions.get(versions.size() - 1), "{}");

        FailedJobException failure = damaged.lake().fail(new SalesByDatetime(), "again");
        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageStartingWith("silver.purchases is damaged")
                .hasMessageContainingAll("is no table's metadata", "CheckLake --restore");

        damaged.lake().run(new CheckLake(), null, "--restore");
        assertThat(damaged.lake().read(PURCHASES).count()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {".metadata.json", "snap-", "-m0.avro"})
    void registersNoVersionWhereTheStorageDoesNotAnswer(String part) throws IOException {
        Path newest = newest(damaged.metadataFiles(PURCHASES, part));
        loseCatalog();

        FailedJobException failure = SilentFiles.whileSilentOf(
                newest,
                damaged.lake().spark().sparkContext().hadoopConfiguration(),
                () -> damaged.lake().fail(new CheckLake(), null, "--restore"));

        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageContaining(newest.getFileName().toString())
                .hasMessageContaining("Read timed out")
                .hasMessageContaining("When the storage answers, the same command again");
        assertThat(new TestLake(damaged.folder()).lake().find(PURCHASES)).isEmpty();
    }

    private static void loseCatalog() throws IOException {
        for (String name : List.of("catalog.db", "catalog.db-wal", "catalog.db-shm")) {
            Files.deleteIfExists(damaged.folder().resolve(name));
        }
    }

    @Test
    void saysWhatToDoAboutACatalogThatIsNoDatabaseAnyMore() throws IOException {
        Files.deleteIfExists(damaged.folder().resolve("catalog.db-wal"));
        Files.writeString(damaged.folder().resolve("catalog.db"), "no database ".repeat(1000));

        FailedJobException failure = damaged.lake().fail(new BuildPurchases(), "again");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageContaining("is damaged, or is no catalog")
                .hasMessageContaining("CheckLake --restore");
    }

    @Test
    void noticesADamagedRecordOfRunsAndDoesWithoutItsLines() throws IOException, FailedJobException {
        Path file = damaged.dataFiles(JOB_RUNS).get(0);
        FileDamage.DELETED.to(file);
        for (Job reader : List.of(new VerifyRun(), new PublishReport())) {
            FailedJobException failure = damaged.lake().fail(reader, DamagedLake.RUN);
            assertThat(failure).as(reader.name()).isNotNull();
            assertThat(failure).hasMessageContaining("ops.job_runs is damaged");
            assertThat(failure).hasMessageContaining(file.getFileName().toString());
            assertThat(failure).hasMessageContaining("CheckLake --restore");
            assertThat(failure.exitCode()).isEqualTo(4);
        }

        damaged.lake().run(new CheckLake(), null, "--restore");

        damaged.lake().run(new CheckLake(), null);
        damaged.lake().run(new VerifyRun(), DamagedLake.RUN);
    }

    private static Path newest(List<Path> files) {
        return files.stream()
                .max(Comparator.comparing(file -> file.toFile().lastModified()))
                .orElseThrow();
    }
}
