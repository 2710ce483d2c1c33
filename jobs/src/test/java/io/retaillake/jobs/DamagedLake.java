package io.retaillake.jobs;

import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.jobs.bronze.ImportPurchases;
import io.retaillake.jobs.gold.AffiliateOverview;
import io.retaillake.jobs.gold.SalesByAgeProduct;
import io.retaillake.jobs.gold.SalesByCustomer;
import io.retaillake.jobs.gold.SalesByDatetime;
import io.retaillake.jobs.gold.SalesByProduct;
import io.retaillake.jobs.gold.SalesByResidence;
import io.retaillake.jobs.silver.BuildPurchases;
import io.retaillake.jobs.tables.BuildTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A lake of a whole run whose files a test damages, and which is made whole again in a moment. */
final class DamagedLake {

    /** The run that made it. */
    static final String RUN = "whole";

    private static final int PURCHASES = 20_000;
    private static final String GENERATED = """
            IF(id % 2 = 0, 'A', 'B') AS affiliate,
            CAST(id div 3 AS STRING) AS receipt_no,
            '1' AS division_cd,
            CAST(id % 3 AS STRING) AS main_category_cd,
            's' AS sub_category_cd,
            CAST(id % 500 AS STRING) AS customer_id,
            '7' AS store_cd,
            concat('20150', 1 + id % 3, '1', id % 9) AS purchase_date,
            CAST(id % 24 AS STRING) AS purchase_time,
            CAST((id * 7919) % 100003 AS DOUBLE) AS amount
            """;

    private final Path folder;
    private final Path whole;
    private final Path delivery;
    private TestLake lake;

    DamagedLake(Path temporary) throws FailedJobException, IOException {
        folder = temporary.resolve("lake");
        whole = temporary.resolve("whole");
        delivery = temporary.resolve("delivery");
        lake = new TestLake(folder);
        lake.spark()
                .range(PURCHASES)
                .selectExpr(GENERATED.split(",\n", -1))
                .coalesce(2)
                .write()
                .format("avro")
                .save(delivery.toString());
        makeAll(RUN);
        copy(folder, whole);
    }

    /** Every job of the pipeline but the report and the verification. */
    void makeAll(String runId) throws FailedJobException {
        lake.publishSampleDimensions(runId);
        lake.run(new ImportPurchases(), runId, "--files", delivery.toString());
        lake.run(new BuildPurchases(), runId);
        for (Job mart : marts()) {
            lake.run(mart, runId);
        }
        lake.run(new BuildTable(), runId);
    }

    private static List<Job> marts() {
        return List.of(
                new SalesByDatetime(),
                new SalesByProduct(),
                new SalesByAgeProduct(),
                new SalesByResidence(),
                new SalesByCustomer(),
                new AffiliateOverview());
    }

    TestLake lake() {
        return lake;
    }

    Path folder() {
        return folder;
    }

    /** Undoes everything since it was made. */
    void makeWhole() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        copy(whole, folder);
        lake = new TestLake(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** The rows of a mart that every other table has a part in. */
    List<String> sales() {
        return lake.read(SALES_BY_DATETIME).toJSON().collectAsList().stream()
                .sorted()
                .toList();
    }

    /**
     * Asserts that {@code job} fails, names {@code file} of the table, says to have {@code writer} write it again, and publishes
     * nothing.
     */
    void assertIsReported(Job job, TableContract contract, Path file, String writer) {
        assertIsReported(job, "again", contract, file, writer);
    }

    /** The same for a job of a certain run. */
    void assertIsReported(Job job, String runId, TableContract contract, Path file, String writer) {
        Map<TableContract, Long> before = published();

        FailedJobException failure = lake.fail(job, runId);

        assertThat(failure).isNotNull();
        assertThat(failure.getMessage())
                .startsWith(contract + " is damaged")
                .contains(file.getFileName().toString(), "have " + writer, "in a new run of the whole pipeline")
                .doesNotContain("Exception");
        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(published()).as("what readers see").isEqualTo(before);
    }

    /** The snapshot of each table of the pipeline. */
    private Map<TableContract, Long> published() {
        Map<TableContract, Long> snapshots = new HashMap<>();
        Stream.of(BronzeTables.ALL, SilverTables.ALL, GoldTables.ALL)
                .flatMap(List::stream)
                .forEach(table -> snapshots.put(table, lake.snapshotId(table)));
        return snapshots;
    }

    /** A table's data files, sorted. */
    List<Path> dataFiles(TableContract contract) throws IOException {
        return files(contract, "data", "");
    }

    /** A table's metadata files with {@code part} in their names, sorted. */
    List<Path> metadataFiles(TableContract contract, String part) throws IOException {
        return files(contract, "metadata", part);
    }

    private List<Path> files(TableContract contract, String kind, String part) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(contract.folder()).resolve(kind))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> file.getFileName().toString().contains(part))
                    .sorted()
                    .toList();
        }
    }

    /** Takes the checksums away that the local file system keeps beside its files, and S3 does not. */
    void forgetChecksums(TableContract contract) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(contract.folder()))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".crc")).toList()) {
                Files.delete(file);
            }
        }
    }
}
