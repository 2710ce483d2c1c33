package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static io.retaillake.jobs.Cells.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.SampleRows;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.silver.BuildPurchases;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MartJobsTest {

    private static final String[] FEBRUARY_AND_MARCH = {"--from", "2015-02", "--to", "2015-03"};

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void publishDimensions() {
        lake = new TestLake(folder);
        lake.publishSampleDimensions("d1");
    }

    @Test
    void addsUpToSilverInEveryMart() throws FailedJobException {
        lake.publishPurchases("b1", SampleRows.typed(lake.spark(), BronzeTables.PURCHASE), false);
        lake.run(new BuildPurchases(), "r1");
        List<Mart> marts = marts();
        for (Mart mart : marts) {
            lake.run(mart, "r1");
        }

        String silver = sums(SilverTables.PURCHASES, "count(1)", "sum(amount)", "true");
        for (TableContract mart : GoldTables.ALL) {
            String months = mart.equals(AFFILIATE_OVERVIEW) ? "month IS NOT NULL" : "true";
            assertThat(sums(mart, "sum(count_of_purchase)", "sum(total_purchase_amount)", months))
                    .as(mart.name())
                    .isEqualTo(silver);
            assertThat(lake.lake().find(mart).orElseThrow().refs())
                    .as(mart.name())
                    .containsOnlyKeys("main", "run-r1", "reported-2016-02");
        }

        List<Long> published = GoldTables.ALL.stream().map(lake::snapshotId).toList();
        for (Mart mart : marts()) {
            lake.run(mart, "r1");
        }
        assertThat(GoldTables.ALL.stream().map(lake::snapshotId)).containsExactlyElementsOf(published);
        assertThat(lake.fail(new SalesByProduct(), "r1", FEBRUARY_AND_MARCH).exitCode())
                .isEqualTo(2);
    }

    @Test
    void replacesOnlyTheWindowsMonthsButTheWholePeriodAlways() throws FailedJobException {
        lake.publishPurchases(
                "b1",
                purchase("R1", "20150131", 100),
                purchase("R2", "20150201", 200),
                purchase("R3", "20150331", 300));
        lake.run(new BuildPurchases(), "r1");
        buildDatetimeAndOverview("r1");
        assertThat(days()).containsExactly("2015-01-31 100.00", "2015-02-01 200.00", "2015-03-31 300.00");

        // What changed in January is outside of the window; March is gone.
        lake.publishPurchases(
                "b2", purchase("R1", "20150131", 101), purchase("R2", "20150201", 202), purchase("R4", "20150228", 20));
        lake.run(new BuildPurchases(), "r2", FEBRUARY_AND_MARCH);
        buildDatetimeAndOverview("r2", FEBRUARY_AND_MARCH);

        assertThat(days()).containsExactly("2015-01-31 100.00", "2015-02-01 202.00", "2015-02-28 20.00");
        assertThat(lake.read(AFFILIATE_OVERVIEW)
                        .select("month", "total_purchase_amount", "count_of_receipt")
                        .collectAsList())
                .extracting(row -> row.mkString(" "))
                .containsExactlyInAnyOrder("2015-01-01 100.00 1", "2015-02-01 222.00 2", "null 322.00 3");
    }

    @Test
    void rebuildsAWindowFromSilverThatWasBuiltForOtherMonths() throws FailedJobException {
        lake.publishPurchases("b1", purchase("R1", "20150131", 100), purchase("R2", "20150201", 200));
        lake.run(new BuildPurchases(), "r1");

        lake.run(new SalesByDatetime(), "r2", FEBRUARY_AND_MARCH);

        assertThat(days()).containsExactly("2015-02-01 200.00");
    }

    @Test
    void rebuildsAWindowOfTwoHundredYears() throws FailedJobException {
        String[] years = {"--from", "2015-02", "--to", "2215-01"};
        lake.publishPurchases(
                "b1",
                purchase("R1", "20150131", 100),
                purchase("R2", "20150201", 200),
                purchase("R3", "22141231", 300));
        lake.run(new BuildPurchases(), "r1", years);
        lake.run(new BuildPurchases(), "r2", years);

        buildDatetimeAndOverview("r2", years);

        assertThat(days()).containsExactly("2015-02-01 200.00", "2214-12-31 300.00");
    }

    @Test
    void keepsTheFiguresOfAMonthAsTheyWereFirstReported() throws FailedJobException {
        lake.publishPurchases("b1", purchase("R1", "20150131", 100));
        lake.run(new BuildPurchases(), "r1");
        lake.run(new SalesByDatetime(), "r1");
        lake.publishPurchases("b2", purchase("R1", "20150131", 111));
        lake.run(new BuildPurchases(), "r2");
        lake.run(new SalesByDatetime(), "r2");

        assertThat(days()).containsExactly("2015-01-31 111.00");
        assertThat(days(lake.spark()
                        .sql("SELECT * FROM " + lake.lake().identifier(SALES_BY_DATETIME)
                                + " VERSION AS OF 'reported-2015-01'")))
                .containsExactly("2015-01-31 100.00");
    }

    @Test
    void doesNotTakeACorrectionOfAnOlderMonthForItsFirstReport() throws FailedJobException {
        lake.publishPurchases("b1", purchase("R1", "20150131", 100), purchase("R2", "20150201", 200));
        lake.run(new BuildPurchases(), "r1");
        lake.run(new SalesByDatetime(), "r1");
        lake.publishPurchases("b2", purchase("R1", "20150131", 111), purchase("R2", "20150201", 200));
        lake.run(new BuildPurchases(), "r2");
        lake.run(new SalesByDatetime(), "r2", "--from", "2015-01", "--to", "2015-01");

        assertThat(days()).containsExactly("2015-01-31 111.00", "2015-02-01 200.00");
        assertThat(lake.lake().find(SALES_BY_DATETIME).orElseThrow().refs())
                .containsOnlyKeys("main", "run-r1", "run-r2", "reported-2015-02");
    }

    @Test
    void takesNoMonthThatHasNotComeYetForTheNewest() throws FailedJobException {
        lake.publishPurchases("b1", purchase("R1", "20150131", 100), purchase("R2", "29991231", 200));
        lake.run(new BuildPurchases(), "r1");
        lake.run(new SalesByDatetime(), "r1");
        lake.publishPurchases(
                "b2",
                purchase("R1", "20150131", 100),
                purchase("R3", "20150201", 300),
                purchase("R2", "29991231", 200));
        lake.run(new BuildPurchases(), "r2", "--from", "2015-02", "--to", "2015-02");
        lake.run(new SalesByDatetime(), "r2", "--from", "2015-02", "--to", "2015-02");

        assertThat(lake.lake().find(SALES_BY_DATETIME).orElseThrow().refs())
                .containsOnlyKeys("main", "run-r1", "run-r2", "reported-2015-01", "reported-2015-02");
    }

    @Test
    void buildsEmptyMartsFromEmptySilver() throws FailedJobException {
        lake.publishPurchases("b1");
        lake.run(new BuildPurchases(), "r1");
        buildDatetimeAndOverview("r1");

        assertThat(days()).isEmpty();
        assertThat(lake.read(AFFILIATE_OVERVIEW).count()).isZero();
    }

    @Test
    void publishesNothingWhenATotalIsBeyondItsType() throws FailedJobException {
        Cells[] lines = IntStream.rangeClosed(1, 1001)
                .mapToObj(receipt -> purchase("R" + receipt, "20150131", 9999999999999.99))
                .toArray(Cells[]::new);
        lake.publishPurchases("b1", lines);
        lake.run(new BuildPurchases(), "r1");

        FailedJobException failure = lake.fail(new SalesByDatetime(), "r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining("A total amount is beyond decimal(18,2)");
        assertThat(lake.lake().find(SALES_BY_DATETIME).orElseThrow().currentSnapshot())
                .isNull();
    }

    @Test
    void saysWhichJobToRunFirst() {
        FailedJobException failure = lake.fail(new SalesByResidence(), "r1");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("There is no silver.purchases").hasMessageContaining("BuildPurchases");
    }

    private void buildDatetimeAndOverview(String runId, String... more) throws FailedJobException {
        lake.run(new SalesByDatetime(), runId, more);
        lake.run(new AffiliateOverview(), runId, more);
    }

    private static List<Mart> marts() {
        return List.of(
                new SalesByDatetime(),
                new SalesByProduct(),
                new SalesByAgeProduct(),
                new SalesByResidence(),
                new SalesByCustomer(),
                new AffiliateOverview());
    }

    private String sums(TableContract contract, String count, String amount, String condition) {
        return lake.read(contract)
                .where(condition)
                .selectExpr(count, amount)
                .head()
                .mkString(" ");
    }

    private List<String> days() {
        return days(lake.read(SALES_BY_DATETIME));
    }

    private static List<String> days(Dataset<Row> sales) {
        return sales.select("purchase_date", "total_purchase_amount").collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }
}
