package io.retaillake.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.ops.report.ReportLake;
import io.retaillake.jobs.ops.report.ReportRows;
import io.retaillake.jobs.ops.verify.VerifyRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users' tables in the reconciliation of the run that built them, by their own columns' names. */
@Tag("thorough")
class UsersTableReconciledTest {

    private static final String STORES = """
            table: gold.stores
            grain: {en: Sales of one day at one store., ko: 점포별 일별 매출}
            inputs: [silver.purchases]
            scope: months
            month_column: day
            key: [day, store_cd]
            partitions: [months(day)]
            columns:
              - {name: day, type: date, required: true, en: Day., ko: 일}
              - {name: store_cd, type: string, en: The store., ko: 점포}
              - {name: paid, type: "decimal(18,2)", required: true, en: Sum in KRW., ko: 합계}
              - {name: receipts, type: bigint, required: true, en: Number of receipts., ko: 영수증}
              - {name: lines, type: bigint, required: true, en: Number of lines., ko: 건수}
            adds_up_to: {table: silver.purchases, amount: paid, rows: lines}
            """;
    private static final String DAYS = STORES.replace("gold.stores", "gold.days")
            .replace("[silver.purchases]", "[gold.stores]")
            .replace("[day, store_cd]", "[day]")
            .replaceAll(".*name: store_cd.*\\n", "")
            .replaceAll(".*name: receipts.*\\n", "")
            .replace("table: silver.purchases", "table: gold.stores");

    @TempDir
    private Path folder;

    private ReportLake lake;
    private Definitions definitions;

    @BeforeEach
    void publishARun() throws FailedJobException {
        lake = new ReportLake(folder.resolve("lake"));
        lake.publishBronzeAndSilver("r1", ReportRows.rows(), 0);
        lake.publishGold("r1");
        definitions = new Definitions(folder.resolve("tables"));
        definitions.write("stores", STORES, """
                SELECT purchase_date AS day, store_cd, CAST(sum(amount) AS decimal(18, 2)) AS paid,
                  count(DISTINCT receipt_no) AS receipts, count(*) AS lines
                FROM silver.purchases GROUP BY 1, 2
                """);
        definitions.write("days", DAYS, """
                SELECT day, CAST(sum(paid) AS decimal(18, 2)) AS paid, sum(lines) AS lines
                FROM gold.stores GROUP BY 1
                """);
        lake.lake().run(new BuildTable(), "r1", "--tables", definitions.folder());
    }

    @Test
    void whatARunHasBuiltIsVerifiedAndReported() throws Exception {
        List<String> lines = verified();

        assertThat(lines).anyMatch(line -> line.matches("gold\\.stores +[0-9,]+ +[0-9,.]+ += silver\\.purchases"));
        assertThat(lines).anyMatch(line -> line.matches("gold\\.days +[0-9,]+ +[0-9,.]+ += gold\\.stores"));
        lake.report("r1");
        List<String> reported = new ArrayList<>();
        for (JsonNode stage : lake.data("r1").get("reconciliation")) {
            reported.add(stage.get("name").asText() + " = "
                    + stage.get("equals").asText() + " " + stage.get("agrees").asText());
        }
        assertThat(reported)
                .contains("gold.stores = silver.purchases true", "gold.days = gold.stores true")
                .contains("gold.sales_by_customer = silver.purchases true");
    }

    @Test
    void monthsAreBuiltFromTheSameMonthsOfTheOther() throws Exception {
        lake.lake()
                .run(new BuildTable(), "r3", "--tables", definitions.folder(), "--from", "2015-02", "--to", "2015-02");

        assertThat(lake.lake()
                        .spark()
                        .sql("SELECT count(*) FROM (SELECT day, sum(paid) AS paid FROM lake.gold.stores GROUP BY day) s"
                                + " FULL JOIN lake.gold.days d ON d.day = s.day AND d.paid = s.paid"
                                + " WHERE d.day IS NULL OR s.day IS NULL")
                        .head()
                        .getLong(0))
                .isZero();
    }

    @Test
    void whatAnotherRunHasBuiltIsNotOfThisOne() throws Exception {
        lake.publishBronzeAndSilver("r2", ReportRows.rows(), 0);
        lake.publishGold("r2");
        lake.lake().run(new BuildTable(), "r2");
        lake.report("r2");

        assertThat(Printed.by(() ->
                        assertThat(lake.lake().fail(new VerifyRun(), "r2")).isNull()))
                .doesNotContain("gold.stores");
        assertThat(lake.data("r2").get("reconciliation"))
                .isNotEmpty()
                .noneMatch(stage -> stage.get("name").asText().equals("gold.stores"));
    }

    @Test
    void aDifferenceIsFound() {
        TableContract stores = TableContract.ofSqlTable(Layer.GOLD, "stores");
        lake.lake()
                .lake()
                .find(stores)
                .orElseThrow()
                .updateProperties()
                .set("retail-lake.definition.yaml", STORES.replace("rows: lines", "rows: receipts"))
                .commit();

        FailedJobException failure = lake.lake().fail(new VerifyRun(), "r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining("rows: gold.stores = silver.purchases");
    }

    private List<String> verified() {
        return Printed.by(() ->
                        assertThat(lake.lake().fail(new VerifyRun(), "r1")).isNull())
                .lines()
                .toList();
    }
}
