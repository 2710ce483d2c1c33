package io.retaillake.jobs.ops.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.retaillake.jobs.ops.verify.RejectedRows;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The report as a person sees it. With -Dreport.photographs=FOLDER it leaves pictures of the pages there. */
class ReportInBrowserIT {

    private static final int DESKTOP = 1200;
    private static final int PHONE = 360;

    @TempDir
    private static Path folder;

    // Chromium's processes may write for a moment after they were ended.
    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path profile;

    private static ReportLake lake;
    private static Chromium browser;

    @BeforeAll
    static void publishAndOpen() throws Exception {
        Optional<Path> executable = Chromium.executable();
        assumeTrue(
                executable.isPresent(),
                "SKIPPED: the report was not looked at, for there is no chromium on the PATH (Debian: apt-get install chromium)");
        lake = new ReportLake(folder);
        lake.publish("r1", ReportRows.rows());
        lake.report("r1");
        lake.report("february", "--from", "2015-02", "--to", "2015-02");
        browser = Chromium.start(executable.get(), profile, "ko");
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    private static void open(String page, int width, String colorScheme) throws Exception {
        browser.open(lake.page(page), width, colorScheme);
    }

    private static List<String> texts(String selector) throws Exception {
        List<String> texts = new ArrayList<>();
        browser.evaluate("[...document.querySelectorAll(" + quoted(selector) + ")].map(e => e.textContent)")
                .forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(String selector) throws Exception {
        return browser.evaluate("document.querySelector(" + quoted(selector) + ").textContent")
                .asText();
    }

    private static void press(String choice, String value) throws Exception {
        browser.evaluate("document.querySelector(" + quoted("[data-choice=" + choice + "] [data-value='" + value + "']")
                + ").click()");
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** The table under a chart: its rows of cells, each as digits, a sign and a point only. */
    private static List<List<String>> table(String section) throws Exception {
        JsonNode rows = browser.evaluate("[...document.querySelectorAll('#" + section
                + " details tbody tr')].map(r => [...r.cells].map(c => c.textContent.replace(/[^0-9.-]/g, '')))");
        List<List<String>> table = new ArrayList<>();
        rows.forEach(row -> {
            List<String> cells = new ArrayList<>();
            row.forEach(cell -> cells.add(cell.asText()));
            table.add(cells);
        });
        return table;
    }

    private static void photograph(String name) throws Exception {
        String target = System.getProperty("report.photographs");
        if (target != null) {
            browser.photograph(Files.createDirectories(Path.of(target)).resolve(name + ".png"));
        }
    }

    @Test
    void showsEveryChartInKoreanWithGoldsFigures() throws Exception {
        open("r1", DESKTOP, "light");
        photograph("desktop");

        assertThat(texts("h1")).containsExactly("그룹 매출 보고서");
        assertThat(text(".period")).contains("2015년 1월 – 2015년 3월").contains("A, B, C, D");
        assertThat(browser.evaluate("document.querySelectorAll('#trend rect.mark').length")
                        .asInt())
                .isEqualTo(12);
        assertThat(browser.evaluate("document.querySelectorAll('#hours rect.mark').length")
                        .asInt())
                .isEqualTo(7 * 25);
        assertThat(browser.evaluate("document.querySelectorAll('#ages rect.mark').length")
                        .asInt())
                .isEqualTo(4 * 4);
        assertThat(browser.evaluate("document.querySelectorAll('#pairs rect.mark').length")
                        .asInt())
                .isEqualTo(4 * 4);
        assertThat(texts("#overview [data-affiliate] [data-figure=amount]").subList(1, 5))
                .isEqualTo(lake.query("""
                        SELECT concat(format_number(round(total_purchase_amount), 0), '원') FROM affiliate_overview
                         WHERE month IS NULL ORDER BY affiliate"""));
        assertThat(texts("#overview [data-affiliate] [data-figure=customers]").subList(1, 5))
                .isEqualTo(lake.query("""
                        SELECT concat(format_number(count_of_customer, 0), '명') FROM affiliate_overview
                         WHERE month IS NULL ORDER BY affiliate"""));
        assertThat(table("trend")).extracting(row -> row.get(5)).isEqualTo(lake.query("""
                SELECT round(sum(total_purchase_amount), 0) FROM affiliate_overview
                 WHERE month IS NOT NULL GROUP BY month ORDER BY month"""));
        assertThat(sum(table("hours"))).isEqualTo(total("sales_by_datetime"));
        assertThat(table("ages").stream()
                        .mapToLong(row -> Long.parseLong(row.get(row.size() - 1)))
                        .sum())
                .isEqualTo(total("sales_by_age_product"));
        assertThat(table("places").stream()
                        .mapToLong(row -> Long.parseLong(row.get(1)))
                        .sum())
                .isEqualTo(total("sales_by_residence"));
        assertThat(texts("#overlap tr[data-affiliates] td:nth-child(3)")).containsExactly("2명", "1명", "1명", "1명");
        assertThat(table("retention"))
                .isEqualTo(lake.query("""
                SELECT months_since, array_join(transform(sort_array(collect_list(struct(affiliate, share))), a -> a.share), '|')
                  FROM (SELECT affiliate, months_since,
                               CAST(100 * sum(count_of_active_customer) / sum(count_of_customer) AS decimal(18, 1)) AS share
                          FROM customer_retention WHERE months_since > 0 GROUP BY 1, 2)
                 GROUP BY 1 ORDER BY 1""").stream()
                        .map(row -> List.of(row.split("\\|")))
                        .toList());
        assertThat(texts("#potential tbody .rank")).hasSizeGreaterThan(3);
        assertThat(texts("#reconciliation .good")).hasSize(9).allMatch(check -> check.startsWith("✓"));
    }

    private static long sum(List<List<String>> table) {
        return table.stream()
                .flatMap(row -> row.stream().skip(1))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static long total(String mart) {
        return Long.parseLong(lake.query("SELECT CAST(sum(total_purchase_amount) AS bigint) FROM " + mart)
                .get(0));
    }

    @Test
    void showsOneAffiliateAndTheNumberOfPurchasesOnDemand() throws Exception {
        open("r1", DESKTOP, "light");
        press("affiliate", "B");
        press("measure", "purchases");

        assertThat(browser.evaluate("document.activeElement.dataset.value").asText())
                .as("the pressed button keeps the focus")
                .isEqualTo("purchases");
        assertThat(table("trend")).extracting(row -> row.get(1)).isEqualTo(lake.query("""
                SELECT count_of_purchase FROM affiliate_overview
                 WHERE affiliate = 'B' AND month IS NOT NULL ORDER BY month"""));
        press("level", "cities");
        assertThat(table("places").stream()
                        .mapToLong(row -> Long.parseLong(row.get(1)))
                        .sum())
                .isEqualTo(Long.parseLong(
                        lake.query("SELECT sum(count_of_purchase) FROM sales_by_residence WHERE affiliate = 'B'")
                                .get(0)));
        assertThat(texts("#places tbody th")).anyMatch(name -> name.contains("강북구·성북구"));
    }

    @Test
    void speaksEnglishToo() throws Exception {
        open("february", DESKTOP, "light");
        press("language", "en");
        photograph("english-month");

        assertThat(browser.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
        assertThat(texts("h2"))
                .contains(
                        "Day by day",
                        "Weekday × hour",
                        "Places",
                        "Customers who come back",
                        "Top products",
                        "Where the next store would pay",
                        "Reconciliation");
        assertThat(texts("#places tbody th")).contains("Seoul", "Sejong", "Unknown");
        assertThat(texts(".change")).isNotEmpty().allMatch(change -> change.startsWith("vs. month before"));
        press("language", "ko");
        assertThat(texts("#places tbody th")).contains("서울특별시", "알 수 없음");
    }

    @Test
    void fitsAPhone() throws Exception {
        for (String page : List.of("r1", "february")) {
            open(page, PHONE, "light");
            photograph("phone-" + page);
            for (String language : List.of("ko", "en")) {
                press("language", language);
                press("level", "cities");
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .isEqualTo(PHONE);
                assertThat(browser.evaluate(
                                "[...document.querySelectorAll('section *, .tile *')].filter(e => !e.closest('details')"
                                        + " && e.getBoundingClientRect().right > " + PHONE
                                        + ").map(e => e.outerHTML.slice(0, 100))"))
                        .as("what reaches beyond the screen")
                        .isEmpty();
            }
        }
    }

    @Test
    void isDarkInADarkRoom() throws Exception {
        open("r1", DESKTOP, "dark");
        photograph("dark");

        assertThat(luminance("getComputedStyle(document.body).backgroundColor")).isLessThan(0.02);
        assertThat(lowestContrast()).isGreaterThanOrEqualTo(4.5);
        browser.size(DESKTOP, "light");
        assertThat(luminance("getComputedStyle(document.body).backgroundColor")).isGreaterThan(0.8);
        assertThat(lowestContrast()).isGreaterThanOrEqualTo(4.5);
    }

    private static final String LUMINANCE = """
            const luminance = (c) => { const v = c.match(/[\\d.]+/g).slice(0, 3).map((x) => x / 255)
                .map((x) => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
              return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2]; };
            """;

    private static double luminance(String color) throws Exception {
        return browser.evaluate("(() => {" + LUMINANCE + "return luminance(" + color + ");})()")
                .asDouble();
    }

    /** Of all text, the least contrast with what is behind it, as WCAG reckons it. */
    private static double lowestContrast() throws Exception {
        return browser.evaluate("(() => {" + LUMINANCE + """
                const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
                const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                const behind = (e) => { for (; e; e = e.parentElement) {
                  const c = getComputedStyle(e).backgroundColor; if (!c.startsWith('rgba(0, 0, 0, 0')) return c; } return 'rgb(255,255,255)'; };
                const cells = [...document.querySelectorAll('svg text.in')].filter((e) => e.previousElementSibling
                    && e.previousElementSibling.matches('rect.h')).map((e) => {
                  const rect = getComputedStyle(e.previousElementSibling); const alpha = Number(rect.fillOpacity);
                  const card = rgb(behind(e)); const heat = rgb(rect.fill);
                  return contrast(luminance(getComputedStyle(e).fill),
                    luminance('rgb(' + [0, 1, 2].map((i) => heat[i] * alpha + card[i] * (1 - alpha)).join() + ')'));
                });
                const words = [...document.querySelectorAll('main *')].filter((e) => !e.closest('svg')
                    && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())).map((e) =>
                  contrast(luminance(getComputedStyle(e).color), luminance(behind(e))));
                return Math.min(...cells, ...words);
                })()""").asDouble();
    }

    @Test
    void saysSoWhereThereIsNothing(@TempDir Path other) throws Exception {
        open(other, List.of(), List.of(), List.of());

        assertThat(texts(".empty")).contains("이 기간에는 매출이 없습니다.");
    }

    @Test
    void showsASingleAffiliateAsSuchAndAMonthByDays(@TempDir Path other) throws Exception {
        BigDecimal won = new BigDecimal("9007199254740.55");
        List<ReportOverview> overview = Stream.of(null, "A")
                .map(affiliate -> new ReportOverview(affiliate, 0, 1, 1, won, null, won, null))
                .toList();
        open(other, overview, List.of(List.of("A", "2015-02-01", won, 1)), List.of(List.of("A", "2015-02-10", won, 1)));

        assertThat(texts(".tile h2")).containsExactly("계열사 A");
        assertThat(texts(".tile [data-figure=amount]")).containsExactly("9,007,199,254,741원");
        assertThat(texts(".tile [data-figure=amountPerCustomer]")).containsExactly("–");
        assertThat(browser.evaluate("document.querySelectorAll('#trend rect.mark').length")
                        .asInt())
                .isEqualTo(28);
        assertThat(texts("#reconciliation .empty")).hasSize(1);
    }

    @Test
    void saysHowMuchWasRejectedAndWhyAndWarnsOfMuch(@TempDir Path other) throws Exception {
        RejectedRows many = new RejectedRows(
                10_537,
                "217000000.00",
                300_227,
                "7152707086.00",
                List.of(
                        new RejectedRows.Reason("DUPLICATE_KEY", 9_000, "200000000.00"),
                        new RejectedRows.Reason("DATE_INVALID", 2_000, "17000000.00")));
        openRejected(other, many, true, DESKTOP);
        photograph("rejects");

        assertThat(texts(".proof.warn"))
                .containsExactly("⚠ 대사 일치: 원천 300,227행 중 289,690행 반영, 10,537행 제외 (행의 3.5%, 금액 2.17억원 3.0%)");
        assertThat(table("rejects"))
                .containsExactly(List.of("", "9000", "3.0", "200000000"), List.of("", "2000", "0.7", "17000000"));
        assertThat(browser.evaluate("document.querySelectorAll('#rejects rect.mark').length")
                        .asInt())
                .isEqualTo(4);
        assertThat(text("#rejects pre")).contains("FROM silver.purchase_rejects");
        assertThat(lowestContrast()).isGreaterThanOrEqualTo(4.5);
        press("language", "en");
        photograph("rejects-english");
        assertThat(text(".proof.warn"))
                .isEqualTo(
                        "⚠ Reconciled: 289,690 of the source’s 300,227 rows accepted, 10,537 rejected (3.5% of the rows;"
                                + " ₩217M, 3.0% of the amount)");
        assertThat(text("#rejects .note")).contains("A row with several reasons counts under each");

        openRejected(other, many, true, PHONE);
        photograph("rejects-phone");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isEqualTo(PHONE);

        openRejected(other, many, false, DESKTOP);
        assertThat(text(".proof.bad")).contains("대사가 맞지 않는 단계가 있음");
        openRejected(other, new RejectedRows(1, "5.00", 100, "500.00", List.of()), true, DESKTOP);
        assertThat(text(".proof:not(.warn):not(.bad)")).startsWith("✓").contains("1행 제외");
        RejectedRows few = new RejectedRows(
                1, "5.00", 28_593_030, "7152707086.00", List.of(new RejectedRows.Reason("KEY_MISSING", 1, "5.00")));
        openRejected(other, few, true, DESKTOP);
        assertThat(text(".proof:not(.warn):not(.bad)")).contains("행의 <0.1%").endsWith("<0.1%)");
        openRejected(other, new RejectedRows(0, "0.00", 100, "500.00", List.of()), true, DESKTOP);
        assertThat(text(".proof:not(.warn):not(.bad)")).isEqualTo("✓ 원천 100건이 모든 마트와 일치");
        assertThat(texts("#rejects")).isEmpty();
    }

    private static void openRejected(Path other, RejectedRows rejected, boolean agrees, int width) throws Exception {
        List<ReportData.Stage> stages = List.of(
                new ReportData.Stage("source", rejected.sourceRows(), rejected.sourceAmount(), null, null),
                new ReportData.Stage(
                        "bronze.purchase", rejected.sourceRows(), rejected.sourceAmount(), "source", agrees));
        open(other, List.of(), List.of(), List.of(), stages, rejected, width);
    }

    private static void open(
            Path other, List<ReportOverview> overview, List<List<Object>> months, List<List<Object>> days)
            throws Exception {
        open(other, overview, months, days, List.of(), null, PHONE);
    }

    private static void open(
            Path other,
            List<ReportOverview> overview,
            List<List<Object>> months,
            List<List<Object>> days,
            List<ReportData.Stage> stages,
            RejectedRows rejected,
            int width)
            throws Exception {
        ReportSection none = new ReportSection(List.of(), List.of());
        String month = months.isEmpty() ? null : months.get(0).get(1).toString();
        ReportData data = new ReportData(
                "r1",
                List.of("r1", "r2"),
                "all",
                month,
                month,
                "2026-01-01 00:00",
                overview,
                new ReportSection(List.of("affiliate", "month", "amount", "purchases"), months),
                new ReportSection(List.of("affiliate", "purchase_date", "amount", "purchases"), days),
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                none,
                stages,
                rejected);
        Path page = Files.writeString(other.resolve("page.html"), ReportPage.of(data));
        browser.open(page, width, "light");
    }
}
