package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.Frames;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.silver.BuildPurchases;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silver and gold are the same rows, whether silver's files are an affiliate's month each or a month of all affiliates. */
class SilverByMonthTest {

    private static final List<TableContract> TABLES = List.of(
            PURCHASES,
            SilverTables.PURCHASE_REJECTS,
            GoldTables.SALES_BY_DATETIME,
            GoldTables.SALES_BY_CUSTOMER,
            GoldTables.AFFILIATE_OVERVIEW);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @Test
    void isTheSameAsByAffiliateAndMonth(@TempDir Path folder, @TempDir Path other) throws FailedJobException {
        TestLake byMonth = new TestLake(folder);
        byMonth.lake()
                .findOrCreate(PURCHASES)
                .updateSpec()
                .removeField("affiliate")
                .commit();
        TestLake byAffiliate = new TestLake(other);
        List<Cells> lines = lines(400);
        build(byMonth, "r1", lines);
        build(byAffiliate, "r1", lines);
        assertSameTables(byMonth, byAffiliate);
        assertThat(files(byMonth)).isLessThan(files(byAffiliate));

        List<Cells> changed = lines.stream()
                .map(line -> line.with("amount", random.nextInt(90_000) / 10.0))
                .toList();
        String[] february = {"--from", "2015-02", "--to", "2015-02"};
        build(byMonth, "r2", changed, february);
        build(byAffiliate, "r2", changed, february);
        assertSameTables(byMonth, byAffiliate);
    }

    private static void build(TestLake lake, String runId, List<Cells> lines, String... window)
            throws FailedJobException {
        lake.publishSampleDimensions("d" + runId);
        lake.publishPurchases(
                "b" + runId, Cells.frame(lake.spark(), BronzeTables.PURCHASE, lines.toArray(Cells[]::new)), false);
        lake.run(new BuildPurchases(), runId, window);
        for (Mart mart : List.of(new SalesByDatetime(), new SalesByCustomer(), new AffiliateOverview())) {
            lake.run(mart, runId, window);
        }
    }

    private void assertSameTables(TestLake one, TestLake other) {
        for (TableContract table : TABLES) {
            Dataset<Row> rows = rows(one, table);
            assertThat(rows.count()).as("%s, seed %d", table, seed).isPositive();
            Frames.assertSameRows(rows(other, table), rows);
        }
    }

    /** Snapshots of bronze have other numbers in other lakes. */
    private static Dataset<Row> rows(TestLake lake, TableContract table) {
        return lake.read(table).drop("bronze_snapshot_id");
    }

    private static long files(TestLake lake) {
        Table table = lake.lake().find(PURCHASES).orElseThrow();
        return Long.parseLong(table.currentSnapshot().summary().get("total-data-files"));
    }

    /** Lines of three months and a few affiliates; keys repeat, receipts have several lines, some dates are none. */
    private List<Cells> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(line -> {
                    String date = random.nextInt(40) == 0
                            ? "20150230"
                            : "2015%02d%02d".formatted(1 + random.nextInt(3), 1 + random.nextInt(28));
                    return Cells.of(
                            BronzeTables.PURCHASE,
                            "ABCD가".substring(line % 5, line % 5 + 1),
                            "R" + random.nextInt(150),
                            "1",
                            "119",
                            "B1191001",
                            "0000" + random.nextInt(9),
                            "B1001",
                            date,
                            String.valueOf(random.nextInt(24)),
                            random.nextInt(-9000, 90_000) / 10.0,
                            date.substring(0, 6));
                })
                .toList();
    }
}
