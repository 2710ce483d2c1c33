package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static io.retaillake.jobs.gold.SilverRows.buyer;
import static io.retaillake.jobs.gold.SilverRows.date;
import static io.retaillake.jobs.gold.SilverRows.line;
import static io.retaillake.jobs.gold.SilverRows.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.lake.Lake;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.Frames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffiliateOverviewTest {

    @TempDir
    private static Path folder;

    private static Lake lake;
    private static SparkSession spark;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder);
        spark = lake.spark();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void countsCustomersAndReceiptsOnceInAMonthAndOnceInTheWholePeriod(int partitions) {
        Dataset<Row> overview = overview(partitions, SilverRows.LINES);

        Frames.assertSameRows(
                Cells.frame(
                        spark,
                        AFFILIATE_OVERVIEW,
                        row("A", "2015-01-01", 2, 5, 4, "161.25", "2.00", "32.25", "65.63"),
                        row("A", "2015-02-01", 2, 2, 2, "7.00", "1.00", "3.50", "3.50"),
                        row("A", null, 3, 7, 5, "168.25", "2.00", "24.04", "46.08"),
                        row("B", "2015-01-01", 1, 1, 1, "10.00", "1.00", "10.00", "10.00"),
                        row("B", null, 1, 1, 1, "10.00", "1.00", "10.00", "10.00")),
                overview);
    }

    @Test
    void hasNoAveragesByCustomerWhereThereIsNone() {
        Cells line = buyer(line("A", "R1", "2015-01-03", 10, "10.00"), null, null, null, null);

        Frames.assertSameRows(
                Cells.frame(
                        spark,
                        AFFILIATE_OVERVIEW,
                        row("A", "2015-01-01", 0, 2, 1, "20.01", null, "10.01", null),
                        row("A", null, 0, 2, 1, "20.01", null, "10.01", null)),
                overview(1, List.of(line, line.with("amount", won("10.01")))));
    }

    @Test
    void roundsAveragesHalfAwayFromZero() {
        Cells line = line("A", "R1", "2015-01-03", 10, "0.00");
        List<Cells> lines = List.of(
                line.with("amount", won("-0.01")),
                line.with("customer_id", "C2"),
                line.with("customer_id", "C3"),
                line.with("customer_id", "C3"),
                line.with("customer_id", null));

        Row month = overview(1, lines).where("month IS NOT NULL").head();

        assertThat(month.<Object>getAs("purchases_per_customer")).isEqualTo(won("1.33"));
        assertThat(month.<Object>getAs("average_amount_per_purchase")).isEqualTo(won("0.00"));
        assertThat(overview(1, List.of(line, line.with("amount", won("-0.01"))))
                        .head()
                        .<Object>getAs("average_amount_per_purchase"))
                .isEqualTo(won("-0.01"));
    }

    private static Dataset<Row> overview(int partitions, List<Cells> lines) {
        Dataset<Row> rows = Cells.frame(spark, SilverTables.PURCHASES, partitions, lines);
        Dataset<Row> overview = overview(SilverColumns.of(lake, rows), rows);
        Frames.assertSameRows(overview(new PurchaseRows(rows), rows), overview);
        return overview;
    }

    private static Dataset<Row> overview(Purchases purchases, Dataset<Row> rows) {
        List<Row> overview = OverviewRows.of(purchases.overviewFigures(Map.of()), RepeatedReceipts.corrections(rows));
        return spark.createDataFrame(overview, AFFILIATE_OVERVIEW.schema());
    }

    private static Cells row(
            String affiliate,
            String month,
            long customers,
            long purchases,
            long receipts,
            String total,
            String purchasesPerCustomer,
            String perPurchase,
            String perCustomer) {
        return Cells.of(
                AFFILIATE_OVERVIEW,
                affiliate,
                month == null ? null : date(month),
                customers,
                purchases,
                receipts,
                won(total),
                purchasesPerCustomer == null ? null : won(purchasesPerCustomer),
                won(perPurchase),
                perCustomer == null ? null : won(perCustomer));
    }
}
