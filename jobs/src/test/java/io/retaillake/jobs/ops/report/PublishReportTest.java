package io.retaillake.jobs.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.TestLake;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishReportTest {

    private static final String[] FEBRUARY = {"--from", "2015-02", "--to", "2015-02"};
    private static final String OVERVIEW = """
            SELECT affiliate, count_of_customer, count_of_purchase, count_of_receipt, total_purchase_amount,
                   purchases_per_customer, average_amount_per_purchase, average_amount_per_customer
              FROM affiliate_overview WHERE %s ORDER BY affiliate""";

    private static final String HOURS = """
            SELECT affiliate, day_of_week, purchase_hour, CAST(date_trunc('MONTH', purchase_date) AS date),
                   sum(total_purchase_amount), sum(count_of_purchase)
              FROM sales_by_datetime GROUP BY 1, 2, 3, 4""";

    @TempDir
    private static Path folder;

    private static ReportLake lake;
    private static String html;
    private static JsonNode page;

    @BeforeAll
    static void publish() throws Exception {
        lake = new ReportLake(folder);
        lake.publish("r1", ReportRows.rows());
        lake.report("r1");
        html = Files.readString(lake.page("r1"));
        page = lake.data("r1");
    }

    /** A section's rows as {@link ReportLake#query} gives them. */
    private static List<String> rows(JsonNode page, String section) {
        List<String> rows = new ArrayList<>();
        page.get(section).get("rows").forEach(row -> rows.add(line(row)));
        return rows;
    }

    private static String line(Iterable<JsonNode> values) {
        List<String> cells = new ArrayList<>();
        values.forEach(value -> cells.add(value.asText("null")));
        return String.join("|", cells);
    }

    /** The same of a section with lists: a row for each month in which something was sold, which is the last of its key. */
    private static List<String> byMonth(JsonNode page, String section) {
        return spread(
                page,
                section,
                (row, place) -> page.get("periods").get(place).get("from").asText());
    }

    /** The same of the days, which are by affiliate and month. */
    private static List<String> byDay(JsonNode page) {
        return spread(
                page,
                "days",
                (row, place) ->
                        LocalDate.parse(row.get(1).asText()).plusDays(place).toString());
    }

    private static List<String> spread(JsonNode page, String section, BiFunction<JsonNode, Integer, String> time) {
        List<String> lines = new ArrayList<>();
        for (JsonNode row : page.get(section).get("rows")) {
            int size = row.size();
            List<String> key = new ArrayList<>();
            row.forEach(value -> key.add(value.asText("null")));
            for (int place = 0; place < row.get(size - 1).size(); place++) {
                if (row.get(size - 1).get(place).asLong() != 0) {
                    BigDecimal amount =
                            row.get(size - 2).get(place).decimalValue().setScale(2);
                    lines.add(String.join("|", key.subList(0, size - 2)) + "|" + time.apply(row, place) + "|" + amount
                            + "|" + row.get(size - 1).get(place).asText());
                }
            }
        }
        return lines;
    }

    private static List<String> overview(JsonNode page) {
        List<String> lines = new ArrayList<>();
        page.get("overview").forEach(values -> lines.add(line(values)));
        return lines;
    }

    @Test
    void showsEveryAffiliateAsTheOverviewHasIt() {
        assertThat(overview(page)).hasSize(5);
        assertThat(overview(page).subList(1, 5)).isEqualTo(lake.query(OVERVIEW.formatted("month IS NULL")));
    }

    @Test
    void countsACustomerOfSeveralAffiliatesOnceInTheGroup() {
        assertThat(overview(page).get(0)).startsWith(lake.query("""
                        SELECT CAST(NULL AS string), count(DISTINCT customer_id), count(1),
                               count(DISTINCT affiliate, receipt_no), sum(amount) FROM purchases""").get(0));
    }

    @Test
    void drawsTheSalesOfTheMarts() {
        assertThat(rows(page, "months")).isEqualTo(lake.query("""
                SELECT affiliate, month, total_purchase_amount, count_of_purchase, count_of_receipt FROM affiliate_overview
                 WHERE month IS NOT NULL ORDER BY 1, 2"""));
        assertThat(byDay(page)).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, CAST(date_trunc('MONTH', purchase_date) AS date), purchase_date, sum(total_purchase_amount),
                       sum(count_of_purchase)
                  FROM sales_by_datetime GROUP BY 1, 2, 3"""));
        assertThat(byMonth(page, "hours"))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(lake.query(HOURS));
        assertThat(byMonth(page, "ages")).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, false, main_category_desc, age_group, month, sum(total_purchase_amount), sum(count_of_purchase)
                  FROM sales_by_age_product GROUP BY 1, 2, 3, 4, 5"""));
        assertThat(byMonth(page, "places")).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, province_city, city_county, month, sum(total_purchase_amount), sum(count_of_purchase)
                  FROM sales_by_residence GROUP BY 1, 2, 3, 4"""));
        assertThat(byMonth(page, "products"))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, false, main_category_desc, sub_category_cd, sub_category_desc, 0, month,
                       sum(total_purchase_amount), sum(count_of_purchase)
                  FROM sales_by_product GROUP BY 1, 2, 3, 4, 5, 6, 7"""));
    }

    @Test
    void countsTheCustomersFromEachMonthToEach() {
        List<String> ranges = new ArrayList<>();
        for (JsonNode row : page.get("buyers").get("rows")) {
            for (int to = 0; to < row.get(2).size(); to++) {
                ranges.add(row.get(0).asText("null") + "|" + (row.get(1).asInt() + 1) + "|"
                        + (row.get(1).asInt() + 1 + to) + "|"
                        + row.get(2).get(to).asText());
            }
        }
        assertThat(ranges).hasSize(5 * 6).containsExactlyInAnyOrderElementsOf(lake.query("""
                WITH ranges AS (SELECT f.id AS first, t.id AS last FROM range(1, 4) f JOIN range(1, 4) t ON f.id <= t.id)
                SELECT affiliate, first, last, count(DISTINCT customer_id)
                  FROM purchases JOIN ranges ON purchase_month BETWEEN first AND last
                 GROUP BY GROUPING SETS ((affiliate, first, last), (first, last))"""));
        assertThat(byMonth(page, "memberSales")).containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, make_date(2015, purchase_month, 1), sum(amount), count(1)
                  FROM purchases WHERE customer_id IS NOT NULL GROUP BY 1, 2"""));
    }

    @Test
    void hasKoreanNamesInLatinLetters() {
        assertThat(rows(page, "latinNames")).contains("여성의류|Yeoseong-uiryu", "과일 상품|Gwail Sangpum");
        assertThat(rows(page, "latinNames")).noneMatch(row -> row.contains("script"));
    }

    @Test
    void tellsHowManyCustomersBuyAtSeveralAffiliates() {
        assertThat(rows(page, "overlap")).isEqualTo(lake.query("""
                SELECT affiliates, count(1), sum(amount)
                  FROM (SELECT customer_id, array_join(sort_array(collect_set(affiliate)), ',') AS affiliates, sum(amount) AS amount
                          FROM purchases WHERE customer_id IS NOT NULL GROUP BY customer_id)
                 GROUP BY 1 ORDER BY 1"""));
        assertThat(rows(page, "overlap"))
                .extracting(row -> row.substring(0, row.lastIndexOf('|')))
                .containsExactly("A|1", "A,B|1", "A,B,C|1", "A,B,C,D|1", "B|1");
    }

    @Test
    void countsTheCustomersOfAPlacePerAffiliateAndInTheGroup() {
        assertThat(rows(page, "placeCustomers"))
                .hasSizeGreaterThan(10)
                .containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, province_city, false, city_county, count(DISTINCT customer_id)
                  FROM purchases WHERE province_city IS NOT NULL AND customer_id IS NOT NULL GROUP BY 1, 2, 4
                UNION ALL
                SELECT affiliate, province_city, true, NULL, count(DISTINCT customer_id)
                  FROM purchases WHERE province_city IS NOT NULL AND customer_id IS NOT NULL GROUP BY 1, 2
                UNION ALL
                SELECT NULL, province_city, false, city_county, count(DISTINCT customer_id)
                  FROM purchases WHERE province_city IS NOT NULL AND customer_id IS NOT NULL GROUP BY 2, 4
                UNION ALL
                SELECT NULL, province_city, true, NULL, count(DISTINCT customer_id)
                  FROM purchases WHERE province_city IS NOT NULL AND customer_id IS NOT NULL GROUP BY 2"""));
    }

    @Test
    void tellsHowManyCustomersComeBackAndWhereTheNextStoreWouldPay() {
        assertThat(rows(page, "retention")).hasSizeGreaterThan(8).isEqualTo(lake.query("""
                SELECT affiliate, months_since, sum(count_of_customer), sum(count_of_active_customer)
                  FROM customer_retention GROUP BY 1, 2 ORDER BY 1, 2"""));
        assertThat(rows(page, "potential")).isNotEmpty().isEqualTo(lake.query("""
                SELECT affiliate, rank, province_city, city_county, count_of_customer, amount_elsewhere, average_amount_per_customer
                  FROM store_potential WHERE rank <= 10 ORDER BY 1, 2"""));
    }

    @Test
    void followsRowsAndAmountsFromTheSourceToEachMart() {
        assertThat(page.get("reconciliation")).hasSize(13);
        String total = lake.query("SELECT count(1), sum(amount) FROM purchases").get(0);
        page.get("reconciliation").forEach(stage -> {
            if (!stage.get("name").asText().equals("silver.purchase_rejects")) {
                assertThat(stage.get("rows").asText() + "|"
                                + stage.get("amount").asText())
                        .isEqualTo(total);
            }
            assertThat(stage.get("agrees"))
                    .isEqualTo(stage.get("equals").isNull() ? NullNode.getInstance() : BooleanNode.TRUE);
        });
        assertThat(page.get("figuresOf")).hasSize(1);
    }

    @Test
    void letsNoTextOfTheDataBecomeMarkup() {
        assertThat(html)
                .doesNotContain("alert(1)</script>")
                .containsPattern("script-src 'sha256-[^']+'; img-src data:");
        assertThat(html.split("<script", -1)).hasSize(3);
        assertThat(rows(page, "products")).anyMatch(row -> row.contains("</script><script>alert(1)</script> & \"'"));
    }

    @Test
    void loadsNothing() {
        assertThat(html)
                .doesNotContainPattern("(src|href)\\s*=\\s*[\"']?\\s*(https?:)?//")
                .doesNotContain("@import", "url(");
        assertThat(html).contains("default-src 'none'");
    }

    @Test
    void makesTheSamePageAgainButForItsTime() throws Exception {
        lake.report("r1");

        String again = Files.readString(lake.page("r1"));
        assertThat(withoutTime(again)).isEqualTo(withoutTime(html));
    }

    private static String withoutTime(String html) {
        return html.replaceFirst("\"writtenAt\":\"[^\"]+\"", "");
    }

    @Test
    void showsOneMonthByDaysWithTheMonthsBefore() throws Exception {
        lake.report("february", FEBRUARY);

        JsonNode february = lake.data("february");
        assertThat(overview(february).subList(1, 5))
                .isEqualTo(lake.query(OVERVIEW.formatted("month = DATE'2015-02-01'")));
        assertThat(byDay(february)).isNotEmpty().containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, CAST(date_trunc('MONTH', purchase_date) AS date), purchase_date, sum(total_purchase_amount),
                       sum(count_of_purchase)
                  FROM sales_by_datetime WHERE month(purchase_date) = 2 GROUP BY 1, 2, 3"""));
        assertThat(rows(february, "earlier"))
                .extracting(row -> row.replaceFirst("\\.0+$", ""))
                .containsExactlyInAnyOrderElementsOf(lake.query("""
                SELECT affiliate, 'province_city', province_city, month, CAST(sum(total_purchase_amount) AS bigint)
                  FROM sales_by_residence WHERE month = DATE'2015-01-01' GROUP BY 1, 3, 4
                UNION ALL
                SELECT affiliate, 'main_category_desc', main_category_desc, month, CAST(sum(total_purchase_amount) AS bigint)
                  FROM sales_by_age_product WHERE month = DATE'2015-01-01' GROUP BY 1, 3, 4"""));
        assertThat(rows(february, "months"))
                .anyMatch(row -> row.contains("2015-01-01"))
                .noneMatch(row -> row.contains("2015-03-01"));
        assertThat(february.get("first").asText()).isEqualTo("2015-02-01");
        // The tables were published for all months, so there is no reconciliation of this one.
        assertThat(february.get("reconciliation")).isEmpty();
    }

    @Test
    void addsUpSeveralMonthsWithoutCountingACustomerTwice() throws Exception {
        lake.report("spring", "--from", "2015-02", "--to", "2015-03");

        JsonNode spring = lake.data("spring");
        assertThat(overview(spring).subList(1, 5)).isEqualTo(lake.query("""
                SELECT affiliate, count(DISTINCT customer_id), count(1), count(DISTINCT receipt_no), sum(amount),
                       CAST(count(customer_id) / count(DISTINCT customer_id) AS decimal(18,2)), CAST(avg(amount) AS decimal(18,2)),
                       CAST(sum(amount) FILTER (WHERE customer_id IS NOT NULL) / count(DISTINCT customer_id) AS decimal(18,2))
                  FROM purchases WHERE purchase_month >= 2 GROUP BY 1 ORDER BY 1"""));
    }

    @Test
    void showsWhatIsCurrentUnderARunThatPublishedNothing() throws Exception {
        lake.report("later");

        JsonNode later = lake.data("later");
        assertThat(later.get("run").asText()).isEqualTo("later");
        assertThat(later.get("figuresOf").get(0).asText()).isEqualTo("r1");
        assertThat(later.get("reconciliation")).isEqualTo(page.get("reconciliation"));
        assertThat(Files.readString(lake.page("latest"))).isEqualTo(Files.readString(lake.page("later")));
        try (Stream<Path> files = Files.list(lake.page("r1").getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("r1.html", "later.html", "latest.html")
                    .allMatch(name -> name.matches("[a-z0-9]+\\.html"));
        }
    }

    @Test
    void leavesOutWhatIsNotThere(@TempDir Path other) throws Exception {
        ReportLake older = new ReportLake(other);
        older.publish("r1", ReportRows.rows());
        older.lake().spark().sql("DROP TABLE lake.gold.customer_retention");
        older.report("later");

        assertThat(rows(older.data("later"), "retention")).isEmpty();
        assertThat(rows(older.data("later"), "potential")).isEqualTo(rows(page, "potential"));
    }

    @Test
    void leavesOutRowsThatAnotherToolHasDeleted(@TempDir Path other) throws Exception {
        ReportLake corrected = new ReportLake(other);
        corrected.publish("r1", ReportRows.rows());
        corrected.delete(GoldTables.SALES_BY_CUSTOMER, "customer_id = 'C1'");
        corrected.delete(GoldTables.SALES_BY_DATETIME, "purchase_hour = 9");
        corrected.report("later");

        JsonNode later = corrected.data("later");
        assertThat(rows(later, "overlap")).isEqualTo(corrected.query("""
                SELECT affiliates, count(1), sum(amount)
                  FROM (SELECT customer_id, array_join(sort_array(collect_set(affiliate)), ',') AS affiliates,
                               sum(total_purchase_amount) AS amount
                          FROM sales_by_customer WHERE customer_id IS NOT NULL GROUP BY customer_id)
                 GROUP BY 1 ORDER BY 1"""));
        assertThat(rows(later, "placeCustomers"))
                .hasSizeLessThan(rows(page, "placeCustomers").size());
        assertThat(byMonth(later, "hours")).isNotEmpty().containsExactlyInAnyOrderElementsOf(corrected.query(HOURS));
        assertThat(byMonth(later, "places")).isEqualTo(byMonth(page, "places"));
    }

    @Test
    void isAnEmptyPageOfEmptyMarts(@TempDir Path other) throws Exception {
        ReportLake empty = new ReportLake(other);
        empty.publish("r1", List.of());
        empty.report("r1");

        JsonNode data = empty.data("r1");
        assertThat(data.get("overview")).isEmpty();
        assertThat(data.get("first").isNull()).isTrue();
        assertThat(data.get("reconciliation")).hasSize(13);
    }

    @Test
    void saysThatThereIsNothingToShowYet(@TempDir Path other) {
        FailedJobException failure = new TestLake(other).fail(new PublishReport(), "r1");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("There is no gold.");
    }

    @Test
    void recordsTheReportInTheRecordOfRuns() {
        assertThat(lake.lake()
                        .read(OpsTables.JOB_RUNS)
                        .where("job = 'PublishReport' AND run_id = 'r1'")
                        .selectExpr("status", "inputs", "facts")
                        .head()
                        .mkString(" "))
                .startsWith("SUCCEEDED")
                .contains("gold.sales_by_customer", "gold/report/r1.html");
    }
}
