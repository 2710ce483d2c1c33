package io.retaillake.jobs.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.RetailLake;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.gold.AffiliateOverview;
import io.retaillake.jobs.gold.SalesByAgeProduct;
import io.retaillake.jobs.gold.SalesByCustomer;
import io.retaillake.jobs.gold.SalesByDatetime;
import io.retaillake.jobs.gold.SalesByProduct;
import io.retaillake.jobs.gold.SalesByResidence;
import io.retaillake.jobs.tables.BuildTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake in which a run has published every table: bronze as its seals say, silver as given, gold by its jobs. */
public final class ReportLake {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final List<Check> PASSED = List.of(Check.equal("rows", 1, 1));

    private final Path folder;
    private final TestLake lake;

    public ReportLake(Path folder) {
        this.folder = folder;
        this.lake = new TestLake(folder);
    }

    public TestLake lake() {
        return lake;
    }

    /** Publishes {@code purchases} and the marts of them, as if the source had as much. */
    void publish(String runId, List<Cells> purchases) throws FailedJobException {
        publishBronzeAndSilver(runId, purchases, 0);
        publishGold(runId);
    }

    /** Publishes {@code purchases} as if the source had as much, and {@code lost} rows more. */
    public void publishBronzeAndSilver(String runId, List<Cells> purchases, int lost) {
        Dataset<Row> silver = Cells.frame(lake.spark(), SilverTables.PURCHASES, 1, purchases);
        Row totals = silver.selectExpr("count(1)", "coalesce(sum(amount), 0)").head();
        Map<String, String> facts = facts(totals.getLong(0), totals.getDecimal(1), lost);
        Stream.of(BronzeTables.ALL, SilverTables.ALL).flatMap(List::stream).forEach(table -> {
            Dataset<Row> rows = table.equals(SilverTables.PURCHASES)
                    ? silver
                    : lake.spark().createDataFrame(List.of(), table.schema());
            publish(runId, table, rows, facts);
        });
    }

    /** Runs the marts' jobs, and builds the tables that are defined in SQL. */
    public void publishGold(String runId) throws FailedJobException {
        for (Job mart : List.of(
                new SalesByDatetime(),
                new SalesByProduct(),
                new SalesByAgeProduct(),
                new SalesByResidence(),
                new SalesByCustomer(),
                new AffiliateOverview(),
                new BuildTable())) {
            lake.run(mart, runId);
        }
    }

    private static Map<String, String> facts(long rows, BigDecimal amount, int lost) {
        return Map.of(
                "source_rows", Long.toString(rows + lost),
                "source_amount", amount.toPlainString(),
                "rows", Long.toString(rows),
                "amount", amount.toPlainString(),
                "rejected_rows", "0",
                "rejected_amount", "0.00");
    }

    private void publish(String runId, TableContract table, Dataset<Row> rows, Map<String, String> facts) {
        Run run = new Run(
                runId, "Build", new TreeMap<>(Map.of("window", Window.all().toString())));
        Publication.run(lake.lake(), run, List.of(table), publication -> {
            publication.write(table, rows, OverwriteFilter.everything());
            facts.forEach(publication::recordFact);
            publication.publish(PASSED, List.of());
        });
    }

    /** Runs the report's job. */
    public void report(String runId, String... more) throws FailedJobException {
        lake.run(new PublishReport(), runId, more);
    }

    /** What a report's page knows. */
    public JsonNode data(String name) throws IOException {
        String html = Files.readString(page(name));
        String start = "id=\"data\">";
        int from = html.indexOf(start) + start.length();
        return JSON.readTree(html.substring(from, html.indexOf("</script>", from)));
    }

    /** Deletes rows of a mart as other tools do: they stay in its files, and a file beside them says that they are gone. */
    void delete(TableContract mart, String condition) {
        String table = lake.lake().identifier(mart);
        lake.spark().sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read')");
        lake.spark().sql("DELETE FROM " + table + " WHERE " + condition);
        assertThat(lake.lake().find(mart).orElseThrow().currentSnapshot().summary())
                .containsKey("added-delete-files");
    }

    Path page(String name) {
        return folder.resolve("data/factdata/gold/report").resolve(name + ".html");
    }

    /** The rows of a query in which the marts are views by their names. */
    List<String> query(String sql) {
        TableRegistry.of(List.of(new RetailLake())).contracts().stream()
                .filter(table -> table.layer() == Layer.GOLD)
                .forEach(mart -> lake.read(mart).createOrReplaceTempView(mart.name()));
        lake.read(SilverTables.PURCHASES).createOrReplaceTempView("purchases");
        return lake.spark().sql(sql).collectAsList().stream()
                .map(row -> row.mkString("|"))
                .toList();
    }
}
