package io.retaillake.jobs.tables;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.jobs.Cells.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.silver.BuildPurchases;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTableTest {

    private static final String MONTHLY = "gold.monthly";

    @TempDir
    private Path folder;

    private TestLake lake;
    private Definitions definitions;

    @BeforeEach
    void buildSilver() throws FailedJobException {
        lake = new TestLake(folder.resolve("lake"));
        definitions = new Definitions(folder.resolve("tables"));
        lake.publishSampleDimensions("d1");
        lake.publishPurchases(
                "b1",
                purchase("R1", "20150131", 100),
                purchase("R2", "20150201", 200),
                purchase("R3", "20150331", 300));
        lake.run(new BuildPurchases(), "r1");
    }

    @Test
    void publishesATableOfTheUsersWithItsCommentsAndRepeatsNothing() throws FailedJobException {
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);

        build("r1", "--table", MONTHLY);

        assertThat(months()).containsExactly("2015-01-01 100.00 1", "2015-02-01 200.00 1", "2015-03-01 300.00 1");
        assertThat(lake.spark().sql("DESCRIBE TABLE lake.gold.monthly").collectAsList())
                .anyMatch(row ->
                        row.getString(0).equals("month") && "First day of the month. / 월".equals(row.getString(2)));
        long published = snapshotId();
        build("r1", "--table", MONTHLY);
        assertThat(snapshotId()).isEqualTo(published);
        assertThat(lake.spark()
                        .sql("SELECT status, arguments, inputs FROM lake.ops.job_runs WHERE job = 'BuildTable'")
                        .collectAsList())
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.getString(0)).isEqualTo("SUCCEEDED");
                    assertThat(row.getString(1)).contains("\"table\":\"gold.monthly\"", "\"definition\":");
                    assertThat(row.getString(2))
                            .contains("\"silver.purchases\":\"" + lake.snapshotId(PURCHASES) + "\"");
                });
    }

    @Test
    void replacesTheRunsMonthsFromTheirOwnRowsAlone() throws FailedJobException {
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);
        build("r1", "--table", MONTHLY);
        lake.publishPurchases(
                "b2", purchase("R1", "20150131", 111), purchase("R4", "20150228", 20), purchase("R5", "20150301", 30));
        lake.run(new BuildPurchases(), "r2");

        build("r2", "--table", MONTHLY, "--from", "2015-02", "--to", "2015-02");

        assertThat(months()).containsExactly("2015-01-01 100.00 1", "2015-02-01 20.00 1", "2015-03-01 300.00 1");
    }

    @Test
    void refusesTheSameRunWithAnotherDefinition() throws FailedJobException {
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);
        build("r1", "--table", MONTHLY);
        definitions.write("monthly.sql", Definitions.MONTHLY_SQL + "-- changed\n");

        FailedJobException failure = fail("r1", "--table", MONTHLY);

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure)
                .hasMessageContainingAll("Run r1 was made by BuildTable with", "definition=", "another --run-id");
    }

    @Test
    void buildsEachAfterWhatItReadsAndTheOthersWhereOneFails() throws FailedJobException {
        String[] tables = {"--table", "gold.all_sales", "--table", "gold.sales_by_store_customer", "--table", MONTHLY};
        definitions.write(
                "monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL.replace("sum(amount)", "-sum(amount)"));
        definitions.write("all_sales", """
                table: gold.all_sales
                grain: {en: All sales., ko: 전체 매출}
                inputs: [gold.monthly]
                scope: everything
                key: []
                columns:
                  - {name: lines, type: bigint, en: Number of lines., ko: 건수}
                """, "SELECT sum(count_of_purchase) AS lines FROM gold.monthly");

        FailedJobException failure = fail("r1", tables);

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContainingAll(
                        "BuildTable did not publish: 1 of 4 checks failed",
                        "amount: gold.monthly = silver.purchases: expected 600.00, actual -600.00",
                        "gold.all_sales was not built: it reads gold.monthly, which failed");
        assertThat(lake.spark().table("lake.gold.sales_by_store_customer").count())
                .isEqualTo(3);
        assertThat(lake.spark().table("lake.gold.monthly").count()).isZero();

        definitions.write("monthly.sql", Definitions.MONTHLY_SQL);
        build("r1", tables);
        assertThat(lake.spark().table("lake.gold.all_sales").head().getLong(0)).isEqualTo(3);
    }

    @Test
    void publishesNothingWhereAKeyRepeatsOrARowIsOutsideItsMonths() throws FailedJobException {
        definitions.write("monthly", Definitions.MONTHLY_YAML.replaceAll("adds_up_to.*\n", ""), """
                SELECT CAST(trunc(purchase_date, 'MM') AS date) AS month, CAST(amount AS decimal(18, 2)) AS total_purchase_amount,
                  1L AS count_of_purchase
                FROM silver.purchases
                UNION ALL SELECT DATE '2015-01-01', 1.00BD, 1L
                UNION ALL SELECT DATE '2014-12-01', 1.00BD, 1L
                """);

        FailedJobException failure = fail("r1", "--table", MONTHLY, "--from", "2015-01", "--to", "2015-01");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContainingAll(
                        "rows: gold.monthly in the months 2015-01..2015-01 by month = all that the query gave: expected 3, actual 2",
                        "keys of gold.monthly (month) with several rows: expected 0, actual 1");
    }

    @Test
    void findsKeysThatRepeatWhereTheirColumnsHaveNoCodes() {
        String lines = Definitions.MONTHLY_YAML
                .replaceAll("adds_up_to.*\n", "")
                .replace("key: [month]", "key: [month, share]")
                .replace("columns:\n", "columns:\n  - {name: share, type: double, en: Of all., ko: 비율}\n");
        definitions.write("monthly", lines, """
                SELECT 0.5D AS share, CAST(trunc(purchase_date, 'MM') AS date) AS month,
                  CAST(amount AS decimal(18, 2)) AS total_purchase_amount, 1L AS count_of_purchase
                FROM silver.purchases
                UNION ALL SELECT 0.5D, DATE '2015-01-01', 1.00BD, 1L
                UNION ALL SELECT 0.25D, DATE '2015-01-01', 1.00BD, 1L
                """);

        FailedJobException failure = fail("r1", "--table", MONTHLY, "--from", "2015-01", "--to", "2015-01");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("keys of gold.monthly (month, share) with several rows: expected 0, actual 1");
    }

    @Test
    void namesEveryRequiredColumnThatHasNoValue() {
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML,
                Definitions.MONTHLY_SQL
                        .replace("count(*)", "nullif(count(*), 1)")
                        .replace("CAST(sum(amount) AS", "CAST(nullif(sum(amount), 100) AS"));

        FailedJobException failure = fail("r1", "--table", MONTHLY);

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContainingAll(
                        "gold.monthly did not publish",
                        "total_purchase_amount: null in 1 rows",
                        "count_of_purchase: null in 3 rows",
                        "monthly.sql");
    }

    @Test
    void explainsAQueryThatFailsOnItsRows() {
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML,
                Definitions.MONTHLY_SQL.replace("count(*)", "count(*) + raise_error('no such luck')"));

        FailedJobException failure = fail("r1", "--table", MONTHLY);

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContainingAll("gold.monthly was not published", "monthly.sql", "no such luck");
    }

    @Test
    void publishesNeitherAWrongNumberNorTheEnvironment() throws FailedJobException {
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML.replaceAll("adds_up_to.*\\n", ""),
                Definitions.MONTHLY_SQL.replace("count(*)", "sum(9223372036854775807L) + count(*)"));
        assertThat(fail("r1", "--table", MONTHLY)).hasMessageContaining("overflow");

        definitions.write("env", """
                table: gold.env
                grain: {en: A text., ko: 문자}
                inputs: [silver.purchases]
                scope: everything
                key: []
                columns:
                  - {name: x, type: string, en: A text., ko: 문자}
                """, "SELECT max('${env:PATH}') AS x FROM silver.purchases");
        build("r1", "--table", "gold.env");
        assertThat(lake.spark().table("lake.gold.env").head().getString(0)).isEqualTo("${env:PATH}");
    }

    @Test
    void showsWhatItWouldDoAndPublishesNothing() {
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);

        String shown = Printed.by(() -> assertThatCode(
                        () -> build("r9", "--table", MONTHLY, "--dry-run", "--from", "2015-01", "--to", "2015-02"))
                .doesNotThrowAnyException());

        assertThat(shown)
                .contains(
                        "months: 2015-01..2015-02; a new table",
                        "input:  silver.purchases at snapshot " + lake.snapshotId(PURCHASES),
                        "rows to read: 2",
                        "== Physical Plan ==",
                        "|2015-01-01|               100.00|",
                        "|2015-02-01|               200.00|")
                .doesNotContain("2015-03-01");
        assertThat(lake.spark().catalog().tableExists("lake.gold.monthly")).isFalse();
    }

    @Test
    void readsAnInputThatIsNotThereNeither() {
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML.replace("silver.purchases]", "silver.purchases, gold.sales_by_customer]"),
                "WITH unused AS (SELECT * FROM gold.sales_by_customer) " + Definitions.MONTHLY_SQL);

        FailedJobException failure = fail("r1", "--table", MONTHLY);

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContainingAll("There is no gold.sales_by_customer", "Run SalesByCustomer first");
    }

    private void build(String runId, String... more) throws FailedJobException {
        lake.run(new BuildTable(), runId, arguments(more));
    }

    private FailedJobException fail(String runId, String... more) {
        return lake.fail(new BuildTable(), runId, arguments(more));
    }

    private String[] arguments(String... more) {
        return Stream.concat(Stream.of("--tables", definitions.folder()), Stream.of(more))
                .toArray(String[]::new);
    }

    private long snapshotId() {
        return lake.spark()
                .sql("SELECT snapshot_id FROM lake.gold.monthly.refs WHERE name = 'main'")
                .head()
                .getLong(0);
    }

    private List<String> months() {
        return lake.spark().table("lake.gold.monthly").orderBy("month").collectAsList().stream()
                .map(row -> row.mkString(" "))
                .toList();
    }
}
