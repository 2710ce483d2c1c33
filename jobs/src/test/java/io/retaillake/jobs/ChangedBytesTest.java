package io.retaillake.jobs;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.purchases.Totals;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.gold.SalesByDatetime;
import io.retaillake.jobs.ops.check.CheckLake;
import io.retaillake.jobs.ops.report.PublishReport;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Contents of a lake that are not what was published, in files as long as they were: whoever reads them publishes nothing, and
 * says what is damaged.
 */
class ChangedBytesTest extends OnDamagedLake {

    @Test
    void noticesAChangedByteByTheChecksumsOfTheLocalFileSystem() throws IOException {
        Path file = damaged.dataFiles(PURCHASE).get(0);
        changeByte(file, 0.6);

        damaged.assertIsReported(new BuildPurchases(), PURCHASE, file, "ExtractPurchases");
    }

    @Test
    void noticesAChangedByteByTheChecksumsOfParquetsPages() throws IOException {
        Path file = damaged.dataFiles(PURCHASES).get(0);
        damaged.forgetChecksums(PURCHASES);
        // Here are amounts, which a reader without checksums takes for others.
        changeByte(file, 0.3);

        damaged.assertIsReported(new SalesByDatetime(), PURCHASES, file, "BuildPurchases");
    }

    @Test
    void noticesAChangedByteByTheCompressionOfAvro() throws IOException {
        Path file = damaged.dataFiles(PURCHASE).get(0);
        damaged.forgetChecksums(PURCHASE);
        changeByte(file, 0.6);

        damaged.assertIsReported(new BuildPurchases(), PURCHASE, file, "ExtractPurchases");
    }

    @Test
    void noticesAChangedByteOfAMartThatAReportShows() throws IOException {
        Path file = damaged.dataFiles(SALES_BY_DATETIME).get(0);
        damaged.forgetChecksums(SALES_BY_DATETIME);
        changeByte(file, endOfColumn(SALES_BY_DATETIME, file, "total_purchase_amount"));

        damaged.assertIsReported(new PublishReport(), SALES_BY_DATETIME, file, "SalesByDatetime");
    }

    @Test
    void noticesAChangedByteOfADimension() throws IOException {
        Path file = damaged.dataFiles(CUSTOMER).get(0);
        damaged.forgetChecksums(CUSTOMER);
        // Among the last rows: before them is the schema, after them the mark that ends the block.
        changeByte(file, 1 - 26.0 / Files.size(file));

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
            publication.write(PURCHASE, purchases, OverwriteFilter.everything());
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
    void findsTheFilesThatNoJobHasReadYet() throws IOException {
        Path file = damaged.dataFiles(PURCHASES).get(1);
        damaged.forgetChecksums(PURCHASES);
        changeByte(file, 0.3);

        FailedJobException failure = damaged.lake().fail(new CheckLake(), null);

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("1 of 22 tables are damaged: silver.purchases");
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
                    return (bytes + 3.5) / Files.size(file);
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
