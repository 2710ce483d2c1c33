package io.retaillake.jobs.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.RetailLake;
import io.retaillake.jobs.ops.report.ReportLake;
import io.retaillake.jobs.ops.report.ReportRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyRunTest {

    @TempDir
    private Path folder;

    private ReportLake lake;

    @BeforeEach
    void openLake() {
        lake = new ReportLake(folder);
    }

    @Test
    void failsARunWhoseBronzeLacksARowOfTheSource() throws Exception {
        int rows = ReportRows.rows().size();
        lake.publishBronzeAndSilver("r1", ReportRows.rows(), 1);
        lake.publishGold("r1");
        List<FailedJobException> failures = new ArrayList<>();

        String printed = Printed.by(() -> failures.add(lake.lake().fail(new VerifyRun(), "r1")));

        assertThat(failures.get(0)).hasMessageContaining(check(rows));
        assertThat(failures.get(0).getMessage().split("expected ", -1)).hasSize(2);
        assertThat(failures.get(0).exitCode()).isEqualTo(3);
        assertThat(verdicts(printed))
                .hasSize(13)
                .containsEntry("bronze.purchase", "DIFFERS FROM source")
                .containsEntry("silver, both", "= bronze.purchase")
                .containsEntry("gold.affiliate_overview", "= silver.purchases");
        assertThat(lake.lake()
                        .read(OpsTables.JOB_RUNS)
                        .where("job = 'VerifyRun' AND run_id = 'r1'")
                        .selectExpr("status", "error")
                        .head()
                        .mkString(" "))
                .startsWith("FAILED")
                .contains(check(rows));
        lake.report("r1");
        for (JsonNode stage : lake.data("r1").get("reconciliation")) {
            if (!stage.get("equals").isNull()) {
                assertThat(stage.get("agrees"))
                        .as(stage.toString())
                        .isEqualTo(
                                BooleanNode.valueOf(!stage.get("name").asText().equals("bronze.purchase")));
            }
        }
    }

    private static String check(int rows) {
        return "rows: bronze.purchase = source: expected " + (rows + 1) + ", actual " + rows;
    }

    /** What stands at the end of each stage's line. */
    private static Map<String, String> verdicts(String printed) {
        Map<String, String> verdicts = new TreeMap<>();
        printed.lines()
                .skip(3)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(" {2,}", 4))
                .forEach(cells -> verdicts.put(cells[0], cells.length == 4 ? cells[3] : ""));
        return verdicts;
    }

    @Test
    void namesEveryTableThatTheRunHasNotPublished() {
        lake.publishBronzeAndSilver("r1", ReportRows.rows(), 0);

        FailedJobException failure = lake.lake().fail(new VerifyRun(), "r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining("Run r1 is not complete for the months all");
        assertThat(failure.getMessage().lines().filter(line -> line.contains("was not published by this run")))
                .extracting(line -> line.replaceAll("^[ -]*| was not .*", ""))
                .containsExactlyElementsOf(gold());
    }

    @Test
    void expectsNoTablesInSqlOfARunWithoutThem() {
        lake.publishBronzeAndSilver("r1", ReportRows.rows(), 0);

        FailedJobException failure = lake.lake().fail(new VerifyRun(), "r1", "--without-sql-tables");

        assertThat(failure.getMessage().lines().filter(line -> line.contains("was not published by this run")))
                .extracting(line -> line.replaceAll("^[ -]*| was not .*", ""))
                .containsExactlyElementsOf(GoldTables.ALL.stream()
                        .map(TableContract::qualifiedName)
                        .toList());
    }

    private static List<String> gold() {
        return TableRegistry.of(List.of(new RetailLake())).contracts().stream()
                .filter(table -> table.layer() == Layer.GOLD)
                .map(TableContract::qualifiedName)
                .toList();
    }
}
