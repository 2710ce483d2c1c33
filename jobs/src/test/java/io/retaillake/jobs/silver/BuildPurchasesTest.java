package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.common.contract.SilverTables.PURCHASE_REJECTS;
import static io.retaillake.common.contract.SilverTables.REGIONS;
import static io.retaillake.jobs.silver.BronzeRows.CUSTOMER;
import static io.retaillake.jobs.silver.BronzeRows.PRODUCT;
import static io.retaillake.jobs.silver.BronzeRows.PURCHASE;
import static io.retaillake.jobs.silver.BronzeRows.ZIPCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.TestLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildPurchasesTest {

    private static final String[] FEBRUARY_AND_MARCH = {"--from", "2015-02", "--to", "2015-03"};

    private static final Cells JANUARY = line("R1", "20150131", 100.0);
    private static final Cells FEBRUARY = line("R2", "20150201", 200.0);
    private static final Cells MARCH = line("R3", "20150331", 300.0);
    private static final Cells NO_DAY_OF_FEBRUARY = line("R4", "20150229", 400.0);
    private static final Cells NO_MONTH = line("R5", "2015-02-28", 500.0);

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void openLake() {
        lake = new TestLake(folder);
    }

    @Test
    void buildsEverythingOnceForARun() throws FailedJobException {
        publishDimensions();
        publishPurchases("b1", true, JANUARY, NO_MONTH, FEBRUARY);

        lake.run(new BuildPurchases(), "r1");

        assertThat(purchases()).containsExactly("R1 2015-01-31 100.00", "R2 2015-02-01 200.00");
        assertThat(rejects()).containsExactly("R5 500.0 [DATE_INVALID] r1 none");
        assertThat(lake.read(REGIONS).count()).isEqualTo(1);
        assertThat(facts(PURCHASES))
                .containsEntry("rows", "2")
                .containsEntry("amount", "300.00")
                .containsEntry("rejected_rows", "1")
                .containsEntry("rejected_amount", "500.00")
                .containsEntry("rejected_rows_DATE_INVALID", "1")
                .containsEntry("rejected_amount_DATE_INVALID", "500.00")
                .doesNotContainKey("rejected_rows_KEY_MISSING");

        List<Long> published = snapshots();
        publishPurchases("b2", true, MARCH);
        lake.run(new BuildPurchases(), "r1");
        assertThat(snapshots()).isEqualTo(published);

        FailedJobException otherMonths = lake.fail(new BuildPurchases(), "r1", FEBRUARY_AND_MARCH);
        assertThat(otherMonths.exitCode()).isEqualTo(2);
        assertThat(otherMonths).hasMessageContaining("Run r1 was made by BuildPurchases with {window=all}");
        assertThat(snapshots()).isEqualTo(published);
    }

    @Test
    void replacesOnlyTheWindowsMonthsAndTheRowsOfNoMonth() throws FailedJobException {
        publishDimensions();
        Cells badJanuary = line("R6", "20150100", 600.0);
        publishPurchases("b1", true, JANUARY, badJanuary, FEBRUARY, MARCH, NO_DAY_OF_FEBRUARY, NO_MONTH);
        lake.run(new BuildPurchases(), "r1");
        assertThat(rejects())
                .containsExactly(
                        "R4 400.0 [DATE_INVALID] r1 201502",
                        "R5 500.0 [DATE_INVALID] r1 none",
                        "R6 600.0 [DATE_INVALID] r1 201501");

        // March is gone, two rows are repaired, and what changed in January is outside of the window.
        publishPurchases(
                "b2",
                true,
                JANUARY.with("amount", 101.0),
                badJanuary.with("amount", 601.0),
                FEBRUARY.with("amount", 202.0),
                NO_DAY_OF_FEBRUARY.with("purchase_date", "20150228"),
                NO_MONTH.with("purchase_date", "20150228"),
                line("R7", null, 700.0));
        lake.run(new BuildPurchases(), "r2", FEBRUARY_AND_MARCH);

        assertThat(purchases())
                .containsExactly(
                        "R1 2015-01-31 100.00", "R2 2015-02-01 202.00", "R4 2015-02-28 400.00", "R5 2015-02-28 500.00");
        assertThat(rejects()).containsExactly("R6 600.0 [DATE_INVALID] r1 201501", "R7 700.0 [DATE_INVALID] r2 none");
        assertThat(facts(PURCHASES)).containsEntry("rows", "3").containsEntry("amount", "1102.00");
    }

    @Test
    void finishesACutOffRunFromTheInputsThatItHadRead() throws FailedJobException {
        publishDimensions();
        publishPurchases("b1", true, JANUARY);
        lake.run(new BuildPurchases(), "r1");
        long rejectsBefore = lake.snapshotId(PURCHASE_REJECTS);
        publishPurchases("b2", true, JANUARY, FEBRUARY, NO_MONTH);
        long bronze = lake.snapshotId(BronzeTables.PURCHASE);
        lake.run(new BuildPurchases(), "r2");
        undo(PURCHASE_REJECTS, "r2", rejectsBefore);
        assertThat(rejects()).isEmpty();
        List<Long> published = List.of(lake.snapshotId(REGIONS), lake.snapshotId(PURCHASES));

        publishPurchases("b3", true, MARCH, line("R8", "never", 1.0));
        lake.run(new BuildPurchases(), "r2");

        assertThat(List.of(lake.snapshotId(REGIONS), lake.snapshotId(PURCHASES)))
                .isEqualTo(published);
        assertThat(rejects()).containsExactly("R5 500.0 [DATE_INVALID] r2 none");
        assertThat(lake.read(PURCHASE_REJECTS)
                        .select("bronze_snapshot_id")
                        .head()
                        .getLong(0))
                .isEqualTo(bronze);
    }

    /** The table as a run leaves it that ends before it is published. */
    private void undo(TableContract contract, String runId, long before) {
        Table table = lake.lake().find(contract).orElseThrow();
        table.manageSnapshots()
                .setCurrentSnapshot(before)
                .removeTag(Lake.tag(runId))
                .commit();
        assertThat(Publication.sealOf(table, runId)).isEmpty();
    }

    @Test
    void keepsOneRowOfEachKeyWhereTheSourceEnforcesNone() throws FailedJobException {
        publishDimensions();
        publishPurchases(
                "b1",
                false,
                JANUARY,
                JANUARY.with("amount", 99.0),
                JANUARY.with("purchase_date", "20150132").with("amount", 1.0),
                FEBRUARY,
                FEBRUARY);

        lake.run(new BuildPurchases(), "r1");

        assertThat(purchases()).containsExactly("R1 2015-01-31 99.00", "R2 2015-02-01 200.00");
        assertThat(rejects())
                .containsExactly(
                        "R1 1.0 [DATE_INVALID] r1 201501",
                        "R1 100.0 [DUPLICATE_KEY] r1 201501",
                        "R2 200.0 [DUPLICATE_KEY] r1 201502");
    }

    @Test
    void keepsTheSameRowOfAKeyInSeveralMonthsWhateverTheWindow() throws FailedJobException {
        publishDimensions();
        Cells copyInFebruary = JANUARY.with("purchase_date", "20150203");
        publishPurchases("b1", false, JANUARY, copyInFebruary, FEBRUARY);
        lake.run(new BuildPurchases(), "r1");
        List<String> whole = purchases();
        assertThat(whole).containsExactly("R1 2015-01-31 100.00", "R2 2015-02-01 200.00");

        lake.run(new BuildPurchases(), "r2", FEBRUARY_AND_MARCH);

        assertThat(purchases()).isEqualTo(whole);
        assertThat(rejects()).containsExactly("R1 100.0 [DUPLICATE_KEY] r2 201502");
    }

    @Test
    void namesTheMonthsToRunTogetherWhereTheRowToKeepOfAKeyIsInAnotherMonthThanBefore() throws FailedJobException {
        publishDimensions();
        publishPurchases("b1", false, JANUARY);
        lake.run(new BuildPurchases(), "r1");
        publishPurchases(
                "b2", false, JANUARY, JANUARY.with("purchase_date", "20150203").with("customer_id", "00000"));

        FailedJobException failure = lake.fail(new BuildPurchases(), "r2", FEBRUARY_AND_MARCH);

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("in the months written and others, between 2015-01-31 and 2015-02-03"
                        + " (run these months together): expected 0, actual 1");
        lake.run(new BuildPurchases(), "r3", "--from", "1915-01", "--to", "2114-12");
        assertThat(purchases()).containsExactly("R1 2015-02-03 100.00");
    }

    @Test
    void publishesNothingWhenAKeyRepeatsThoughTheSourceEnforcesIt() throws FailedJobException {
        assertARepeatedKeyIsRefused(JANUARY, JANUARY.with("amount", 99.0));
    }

    @Test
    void publishesNothingWhenAKeyIsInTwoMonthsThoughTheSourceEnforcesIt() throws FailedJobException {
        assertARepeatedKeyIsRefused(JANUARY, JANUARY.with("purchase_date", "20150201"), MARCH);
    }

    private void assertARepeatedKeyIsRefused(Cells... purchases) throws FailedJobException {
        publishDimensions();
        publishPurchases("b1", true, purchases);

        FailedJobException failure = lake.fail(new BuildPurchases(), "r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining("keys of several rows in the months written: expected 0, actual 1");
        assertThat(published()).isEmpty();
    }

    @Test
    void leavesOutWhatAnotherToolDeletedFromBronze() throws FailedJobException {
        publishDimensions();
        publishPurchases("b1", true, JANUARY, FEBRUARY, MARCH);
        Table bronze = lake.lake().find(BronzeTables.PURCHASE).orElseThrow();
        bronze.updateProperties().set("write.delete.mode", "merge-on-read").commit();
        lake.spark().sql("DELETE FROM " + lake.lake().identifier(BronzeTables.PURCHASE) + " WHERE receipt_no = 'R2'");

        lake.run(new BuildPurchases(), "r1");

        assertThat(purchases()).containsExactly("R1 2015-01-31 100.00", "R3 2015-03-31 300.00");
    }

    @Test
    void publishesNothingWhenADimensionHasAKeyTwice() throws FailedJobException {
        publishPurchases("b1", true, JANUARY);
        lake.publishDimensions(
                "d1",
                frame(BronzeTables.CUSTOMER, CUSTOMER, CUSTOMER.with("sex", "M")),
                frame(BronzeTables.PRODUCTS_INFO, PRODUCT),
                frame(BronzeTables.ZIPCODE, ZIPCODE));

        FailedJobException failure = lake.fail(new BuildPurchases(), "r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("bronze.customer has 1 keys (customer_id) with several rows")
                .hasMessageContaining("[00001,2]");
        assertThat(published()).isEmpty();
    }

    @Test
    void buildsEmptyTablesFromEmptyOnes() throws FailedJobException {
        lake.publishDimensions(
                "d1", frame(BronzeTables.CUSTOMER), frame(BronzeTables.PRODUCTS_INFO), frame(BronzeTables.ZIPCODE));
        publishPurchases("b1", true);

        lake.run(new BuildPurchases(), "r1");

        assertThat(purchases()).isEmpty();
        assertThat(rejects()).isEmpty();
        assertThat(facts(PURCHASES)).containsEntry("rows", "0").containsEntry("amount", "0");
        lake.run(new BuildPurchases(), "r2", FEBRUARY_AND_MARCH);
        assertThat(facts(PURCHASES)).containsEntry("rows", "0");
    }

    @Test
    void saysWhichJobToRunFirst() {
        FailedJobException failure = lake.fail(new BuildPurchases(), "r1");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure)
                .hasMessageContaining("There is no bronze.purchase")
                .hasMessageContaining("ExtractPurchases");
    }

    private static Cells line(String receipt, String date, double amount) {
        return PURCHASE.with("receipt_no", receipt).with("purchase_date", date).with("amount", amount);
    }

    private void publishDimensions() {
        lake.publishDimensions(
                "d1",
                frame(BronzeTables.CUSTOMER, CUSTOMER),
                frame(BronzeTables.PRODUCTS_INFO, PRODUCT),
                frame(BronzeTables.ZIPCODE, ZIPCODE));
    }

    private void publishPurchases(String runId, boolean keyIsEnforced, Cells... rows) {
        lake.publishPurchases(runId, frame(BronzeTables.PURCHASE, rows), keyIsEnforced);
    }

    private Dataset<Row> frame(TableContract contract, Cells... rows) {
        return Cells.frame(lake.spark(), contract, rows);
    }

    private List<String> purchases() {
        return lake.read(PURCHASES).select("receipt_no", "purchase_date", "amount").collectAsList().stream()
                .map(row -> row.mkString(" "))
                .sorted()
                .toList();
    }

    private List<String> rejects() {
        return lake.read(PURCHASE_REJECTS).collectAsList().stream()
                .map(row -> String.join(
                        " ",
                        row.getAs("receipt_no"),
                        row.getAs("amount"),
                        row.getList(row.fieldIndex("reasons")).toString(),
                        row.getAs("run_id"),
                        row.getAs("source_month")))
                .sorted()
                .toList();
    }

    private Map<String, String> facts(TableContract contract) {
        return Seal.of(lake.lake().find(contract).orElseThrow().currentSnapshot())
                .orElseThrow()
                .facts();
    }

    private List<Long> snapshots() {
        return SilverTables.ALL.stream().map(lake::snapshotId).toList();
    }

    private List<TableContract> published() {
        return SilverTables.ALL.stream()
                .filter(contract ->
                        lake.lake().find(contract).map(Table::currentSnapshot).isPresent())
                .toList();
    }
}
