package io.retaillake.jobs;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static io.retaillake.common.contract.OpsTables.JOB_RUNS;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.amount.PurchaseTotals;
import io.retaillake.common.amount.Totals;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.Job;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.publish.Run;
import io.retaillake.jobs.gold.SalesByDatetime;
import io.retaillake.jobs.ops.CheckLake;
import io.retaillake.jobs.ops.PublishReport;
import io.retaillake.jobs.ops.VerifyRun;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of a lake that are gone, cut, exchanged or changed between two jobs: whoever reads them publishes nothing, and says
 * which file of which table it was and what to do.
 */
class DamagedLakeTest {

    @TempDir
    private static Path temporary;

    private static DamagedLake damaged;

    /** What happens to a data file. */
    enum Damage {
        DELETED {
            @Override
            void to(Path file) throws IOException {
                Files.delete(file);
            }
        },
        EMPTIED {
            @Override
            void to(Path file) throws IOException {
                cut(file, 0);
            }
        },
        CUT_IN_HALF {
            @Override
            void to(Path file) throws IOException {
                cut(file, Files.size(file) / 2);
            }
        },
        CUT_BY_A_FEW_BYTES {
            @Override
            void to(Path file) throws IOException {
                cut(file, Files.size(file) - 10);
            }
        },
        EXCHANGED {
            @Override
            void to(Path file) throws IOException {
                Path other = damaged.dataFiles(table(file)).stream()
                        .filter(candidate -> size(candidate) != size(file))
                        .findFirst()
                        .orElseThrow();
                exchange(file, other);
                exchange(checksum(file), checksum(other));
            }
        };

        abstract void to(Path file) throws IOException;
    }

    @BeforeAll
    static void makeLake() throws FailedJobException, IOException {
        damaged = new DamagedLake(temporary);
    }

    @AfterEach
    void makeWhole() throws IOException {
        damaged.makeWhole();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void namesTheFilesOfBronzeThatSilverCanNotBeBuiltFrom(Damage damage) throws IOException {
        Path file = damaged.dataFiles(PURCHASE).get(0);
        damage.to(file);

        assertDamageIsReported(new BuildPurchases(), PURCHASE, file, "ExtractPurchases");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void namesTheFilesOfSilverThatAMartCanNotBeBuiltFrom(Damage damage) throws IOException {
        Path file = damaged.dataFiles(PURCHASES).get(0);
        damage.to(file);

        assertDamageIsReported(new SalesByDatetime(), PURCHASES, file, "BuildPurchases");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void doesNotSayThatARunReconcilesWhoseMartIsDamaged(Damage damage) throws IOException {
        Path file = damaged.dataFiles(SALES_BY_DATETIME).get(0);
        damage.to(file);

        assertDamageIsReported(new VerifyRun(), DamagedLake.RUN, SALES_BY_DATETIME, file, "SalesByDatetime");
    }

    @Test
    void doesNotShowADamagedMartInAReport() throws IOException {
        Path file = damaged.dataFiles(SALES_BY_DATETIME).get(0);
        Damage.EMPTIED.to(file);

        assertDamageIsReported(new PublishReport(), SALES_BY_DATETIME, file, "SalesByDatetime");
    }

    @Test
    void noticesAChangedByteByTheChecksumsOfTheLocalFileSystem() throws IOException {
        Path file = damaged.dataFiles(PURCHASE).get(0);
        changeByte(file, 0.6);

        assertDamageIsReported(new BuildPurchases(), PURCHASE, file, "ExtractPurchases");
    }

    @Test
    void noticesAChangedByteByTheChecksumsOfParquetsPages() throws IOException {
        Path file = damaged.dataFiles(PURCHASES).get(0);
        damaged.forgetChecksums(PURCHASES);
        // Here are amounts, which a reader without checksums takes for others.
        changeByte(file, 0.3);

        assertDamageIsReported(new SalesByDatetime(), PURCHASES, file, "BuildPurchases");
    }

    @Test
    void noticesAChangedByteByTheCompressionOfAvro() throws IOException {
        Path file = damaged.dataFiles(PURCHASE).get(0);
        damaged.forgetChecksums(PURCHASE);
        changeByte(file, 0.6);

        assertDamageIsReported(new BuildPurchases(), PURCHASE, file, "ExtractPurchases");
    }

    @Test
    void noticesAChangedByteOfAMartThatAReportShows() throws IOException {
        Path file = damaged.dataFiles(SALES_BY_DATETIME).get(0);
        damaged.forgetChecksums(SALES_BY_DATETIME);
        changeByte(file, endOfColumn(SALES_BY_DATETIME, file, "total_purchase_amount"));

        assertDamageIsReported(new PublishReport(), SALES_BY_DATETIME, file, "SalesByDatetime");
    }

    @Test
    void noticesAChangedByteOfADimension() throws IOException {
        Path file = damaged.dataFiles(CUSTOMER).get(0);
        damaged.forgetChecksums(CUSTOMER);
        // Among the last rows: before them is the schema, after them the mark that ends the block.
        changeByte(file, 1 - 26.0 / size(file));

        FailedJobException failure = damaged.lake().fail(new BuildPurchases(), "again");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageStartingWith("bronze.customer is damaged")
                .hasMessageContaining("have ExtractDimensions");
    }

    @Test
    void refusesPurchasesThatAreNotWhatTheirPublisherCounted() {
        Dataset<Row> purchases = damaged.lake().read(PURCHASE).limit(100);
        Run run = new Run("other", "ExtractPurchases", new TreeMap<>(Map.of("window", "all")));
        Publication.run(damaged.lake().lake(), run, List.of(PURCHASE), publication -> {
            publication.write(PURCHASE, purchases, Replacement.everything());
            PurchaseTotals totals = PurchaseTotals.empty();
            totals.add("201501", "A", new Totals(101, 0, 0, 0, 0, BigDecimal.ONE));
            publication.recordFact(BronzeTables.TOTALS_FACT, totals.toJson());
            publication.publish(List.of(Check.equal("rows", 1, 1)), List.of());
        });

        FailedJobException failure = damaged.lake().fail(new BuildPurchases(), "again");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageStartingWith("bronze.purchase is damaged")
                .hasMessageContaining("published were 101 rows, 1.00 KRW; read are 100 rows, ");
    }

    @Test
    void findsEveryDamagedFileOfATableAtOnce() throws IOException {
        List<Path> files = damaged.dataFiles(PURCHASES);
        Damage.DELETED.to(files.get(0));
        Damage.EMPTIED.to(files.get(1));

        FailedJobException failure = damaged.lake().fail(new SalesByDatetime(), "again");

        assertThat(failure)
                .hasMessageContaining(files.get(0).getFileName() + " is gone")
                .hasMessageContaining(files.get(1).getFileName() + " has 0 bytes and was written with ");
    }

    @Test
    void isNotStoppedByADamageThatItDoesNotRead() throws IOException, FailedJobException {
        Path january = damaged.dataFiles(PURCHASES).stream()
                .filter(file -> file.toString().contains("purchase_month=1"))
                .findFirst()
                .orElseThrow();
        Damage.DELETED.to(january);

        damaged.lake().run(new SalesByDatetime(), "february", "--from", "2015-02", "--to", "2015-02");
    }

    @Test
    @Tag("faults")
    void isRepairedByANewRun() throws IOException, FailedJobException {
        List<String> before = sales();
        for (TableContract contract : List.of(PURCHASE, CUSTOMER, PURCHASES, SALES_BY_DATETIME)) {
            Damage.EMPTIED.to(damaged.dataFiles(contract).get(0));
        }

        damaged.makeAll("repair");

        damaged.lake().run(new VerifyRun(), "repair");
        assertThat(sales()).isEqualTo(before);
    }

    @Test
    void findsTheFilesThatNoJobHasReadYet() throws IOException {
        Path file = damaged.dataFiles(PURCHASES).get(1);
        damaged.forgetChecksums(PURCHASES);
        changeByte(file, 0.3);

        FailedJobException failure = damaged.lake().fail(new CheckLake(), null);

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("1 of 14 tables are damaged: silver.purchases");
    }

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
        List<String> before = sales();
        Damage.DELETED.to(file);

        FailedJobException failure = damaged.lake().fail(new SalesByDatetime(), "again");
        assertThat(failure).hasMessageStartingWith("silver.purchases is damaged");
        assertThat(failure).hasMessageContaining("CheckLake --restore");
        assertThat(failure.exitCode()).isEqualTo(4);

        damaged.lake().run(new CheckLake(), null, "--restore");
        damaged.lake().run(new BuildPurchases(), "repair");
        damaged.lake().run(new SalesByDatetime(), "repair");
        assertThat(sales()).isEqualTo(before);
    }

    @Test
    void registersEveryTableAgainWhenTheCatalogIsLost() throws IOException, FailedJobException {
        for (String name : List.of("catalog.db", "catalog.db-wal", "catalog.db-shm")) {
            Files.deleteIfExists(damaged.folder().resolve(name));
        }

        FailedJobException failure =
                damaged.lake().fail(new BuildPurchases(), "february", "--from", "2015-02", "--to", "2015-02");
        assertThat(failure).hasMessageContaining("does not know bronze.purchase, but its versions lie in");
        assertThat(failure.exitCode()).isEqualTo(4);

        damaged.lake().run(new CheckLake(), null, "--restore");
        damaged.lake().run(new VerifyRun(), DamagedLake.RUN);
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
    void doesWithoutADamagedRecordOfRuns() throws IOException, FailedJobException {
        Damage.DELETED.to(damaged.dataFiles(JOB_RUNS).get(0));

        damaged.lake().run(new CheckLake(), null, "--restore");

        damaged.lake().run(new CheckLake(), null);
        damaged.lake().run(new VerifyRun(), DamagedLake.RUN);
    }

    private static Path newest(List<Path> files) {
        return files.stream()
                .max(Comparator.comparing(file -> file.toFile().lastModified()))
                .orElseThrow();
    }

    private static List<String> sales() {
        return damaged.lake().read(SALES_BY_DATETIME).toJSON().collectAsList().stream()
                .sorted()
                .toList();
    }

    private static void assertDamageIsReported(Job job, TableContract contract, Path file, String writer) {
        assertDamageIsReported(job, "again", contract, file, writer);
    }

    private static void assertDamageIsReported(
            Job job, String runId, TableContract contract, Path file, String writer) {
        FailedJobException failure = damaged.lake().fail(job, runId);

        assertThat(failure).isNotNull();
        assertThat(failure.getMessage())
                .startsWith(contract + " is damaged")
                .contains(file.getFileName().toString(), "have " + writer, "in a new run of the whole pipeline")
                .doesNotContain("Exception");
        assertThat(failure.exitCode()).isEqualTo(4);
    }

    private static TableContract table(Path file) {
        return List.of(PURCHASE, PURCHASES, SALES_BY_DATETIME).stream()
                .filter(contract -> file.startsWith(damaged.folder().resolve(contract.folder())))
                .findFirst()
                .orElseThrow();
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private static Path checksum(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }

    private static void exchange(Path one, Path other) throws IOException {
        Path aside = temporary.resolve("aside");
        Files.move(one, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(other, one);
        Files.move(aside, other);
    }

    private static void cut(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    /** Where the column's last byte is, as a part of the file's length; columns follow each other from the fourth byte on. */
    private static double endOfColumn(TableContract contract, Path file, String column) throws IOException {
        Table table = damaged.lake().lake().find(contract).orElseThrow();
        try (CloseableIterable<FileScanTask> tasks =
                table.newScan().includeColumnStats().planFiles()) {
            for (FileScanTask task : tasks) {
                if (task.file().location().endsWith(file.getFileName().toString())) {
                    long bytes = task.file().columnSizes().entrySet().stream()
                            .filter(size -> size.getKey()
                                    <= table.schema().findField(column).fieldId())
                            .mapToLong(Map.Entry::getValue)
                            .sum();
                    return (bytes + 3.5) / size(file);
                }
            }
        }
        throw new IllegalArgumentException(file + " is not of " + contract);
    }

    private static void changeByte(Path file, double position) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[(int) (content.length * position)] ^= 0x10;
        Files.write(file, content);
    }
}
