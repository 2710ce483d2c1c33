package io.retaillake.jobs.ops.report;

import static io.retaillake.jobs.ops.report.ReportInBrowser.DESKTOP;
import static io.retaillake.jobs.ops.report.ReportInBrowser.PHONE;
import static io.retaillake.jobs.ops.report.ReportInBrowser.browser;
import static io.retaillake.jobs.ops.report.ReportInBrowser.lake;
import static io.retaillake.jobs.ops.report.ReportInBrowser.number;
import static io.retaillake.jobs.ops.report.ReportInBrowser.open;
import static io.retaillake.jobs.ops.report.ReportInBrowser.photograph;
import static io.retaillake.jobs.ops.report.ReportInBrowser.press;
import static io.retaillake.jobs.ops.report.ReportInBrowser.queried;
import static io.retaillake.jobs.ops.report.ReportInBrowser.table;
import static io.retaillake.jobs.ops.report.ReportInBrowser.text;
import static io.retaillake.jobs.ops.report.ReportInBrowser.texts;
import static io.retaillake.jobs.ops.report.ReportInBrowser.total;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The report's charts as a person sees them. */
@ExtendWith(ReportInBrowser.class)
class ReportInBrowserIT {

    private static final String TOTAL = "SELECT CAST(sum(total_purchase_amount) AS bigint) FROM ";

    @Test
    void showsEveryChartInKoreanWithGoldsFigures() throws Exception {
        open("r1", DESKTOP, "light");
        photograph("desktop");

        assertThat(texts("h1")).containsExactly("그룹 매출 보고서");
        assertThat(text(".period")).contains("2015년 1월 – 2015년 3월").contains("A, B, C, D");
        assertThat(number("document.querySelectorAll('#trend rect.mark').length"))
                .isEqualTo(12);
        assertThat(number("document.querySelectorAll('#hours rect.mark').length"))
                .isEqualTo(7 * 25);
        assertThat(number("document.querySelectorAll('#ages rect.mark').length"))
                .isEqualTo(4 * 4);
        assertThat(number("document.querySelectorAll('#pairs rect.mark').length"))
                .isEqualTo(4 * 4);
        assertThat(texts("#overview [data-affiliate] [data-figure=amount]").subList(1, 5))
                .isEqualTo(lake().query("""
                        SELECT concat(format_number(round(total_purchase_amount), 0), '원') FROM affiliate_overview
                         WHERE month IS NULL ORDER BY affiliate"""));
        assertThat(texts("#overview [data-affiliate] [data-figure=customers]").subList(1, 5))
                .isEqualTo(lake().query("""
                        SELECT concat(format_number(count_of_customer, 0), '명') FROM affiliate_overview
                         WHERE month IS NULL ORDER BY affiliate"""));
        assertThat(table("trend")).extracting(row -> row.get(5)).isEqualTo(lake().query("""
                SELECT round(sum(total_purchase_amount), 0) FROM affiliate_overview
                 WHERE month IS NOT NULL GROUP BY month ORDER BY month"""));
        assertThat(table("hours").stream()
                        .flatMap(row -> row.stream().skip(1))
                        .mapToLong(Long::parseLong)
                        .sum())
                .isEqualTo(queried(TOTAL + "sales_by_datetime"));
        assertThat(total(table("ages"), 5)).isEqualTo(queried(TOTAL + "sales_by_age_product"));
        assertThat(total(table("places"), 1)).isEqualTo(queried(TOTAL + "sales_by_residence"));
        assertThat(texts("#overlap tr[data-affiliates] td:nth-child(3)")).containsExactly("2명", "1명", "1명", "1명");
        assertThat(table("retention"))
                .isEqualTo(lake().query("""
                SELECT months_since, array_join(transform(sort_array(collect_list(struct(affiliate, share))), a -> a.share), '|')
                  FROM (SELECT affiliate, months_since,
                               CAST(100 * sum(count_of_active_customer) / sum(count_of_customer) AS decimal(18, 1)) AS share
                          FROM customer_retention WHERE months_since > 0 GROUP BY 1, 2)
                 GROUP BY 1 ORDER BY 1""").stream()
                        .map(row -> List.of(row.split("\\|")))
                        .toList());
        assertThat(texts("#potential tbody .rank")).hasSizeGreaterThan(3);
        assertThat(texts("#reconciliation .good")).hasSize(10).allMatch(check -> check.startsWith("✓"));
    }

    @Test
    void showsOneAffiliateAndTheNumberOfPurchasesOnDemand() throws Exception {
        open("r1", DESKTOP, "light");
        press("affiliate", "B");
        press("measure", "purchases");

        assertThat(browser().evaluate("document.activeElement.dataset.value").asText())
                .as("the pressed button keeps the focus")
                .isEqualTo("purchases");
        assertThat(table("trend")).extracting(row -> row.get(1)).isEqualTo(lake().query("""
                SELECT count_of_purchase FROM affiliate_overview
                 WHERE affiliate = 'B' AND month IS NOT NULL ORDER BY month"""));
        press("level", "cities");
        assertThat(total(table("places"), 1))
                .isEqualTo(queried("SELECT sum(count_of_purchase) FROM sales_by_residence WHERE affiliate = 'B'"));
        assertThat(texts("#places tbody th")).anyMatch(name -> name.contains("강북구·성북구"));
    }

    @Test
    void speaksEnglishToo() throws Exception {
        open("february", DESKTOP, "light");
        press("language", "en");
        photograph("english-month");

        assertThat(browser().evaluate("document.documentElement.lang").asText()).isEqualTo("en");
        assertThat(texts("h2"))
                .contains(
                        "Day by day",
                        "Weekday × hour",
                        "Places",
                        "Customers who come back",
                        "Top categories",
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
                assertThat(browser()
                                .evaluate(
                                        "[...document.querySelectorAll('section *, .kpis *, .bar *, #sentence')].filter(e => !e.closest('details')"
                                                + " && e.getBoundingClientRect().right > " + PHONE
                                                + ").map(e => e.outerHTML.slice(0, 100))"))
                        .as("what reaches beyond the screen")
                        .isEmpty();
                assertThat(browser()
                                .evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .isEqualTo(PHONE);
            }
        }
    }

    @Test
    void isDarkInADarkRoom() throws Exception {
        open("r1", DESKTOP, "dark");
        photograph("dark");

        assertThat(Contrast.luminance("getComputedStyle(document.body).backgroundColor"))
                .isLessThan(0.02);
        assertThat(Contrast.lowest()).isGreaterThanOrEqualTo(4.5);
        browser().size(DESKTOP, "light");
        assertThat(Contrast.luminance("getComputedStyle(document.body).backgroundColor"))
                .isGreaterThan(0.8);
        assertThat(Contrast.lowest()).isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void saysSoWhereThereIsNothing(@TempDir Path other) throws Exception {
        browser().open(SmallReport.of(List.of(), List.of(), List.of()).writeTo(other), PHONE, "light");

        assertThat(texts(".empty")).contains("이 기간에는 매출이 없습니다.");
    }

    @Test
    void showsASingleAffiliateAsSuchAndAMonthByDays(@TempDir Path other) throws Exception {
        BigDecimal won = new BigDecimal("9007199254740.55");
        List<ReportOverview> overview = Stream.of(null, "A")
                .map(affiliate -> new ReportOverview(affiliate, 0, 1, 1, won, null, won, null))
                .toList();
        List<Object> days = List.of("A", "2015-02-01", Collections.nCopies(28, won), Collections.nCopies(28, 1));
        browser()
                .open(
                        SmallReport.of(overview, List.of(List.of("A", "2015-02-01", won, 1, 1)), List.of(days))
                                .writeTo(other),
                        PHONE,
                        "light");

        assertThat(texts("#overview tbody th")).containsExactly("계열사 A");
        assertThat(texts("#overview [data-figure=amount]")).containsExactly("9,007,199,254,741원");
        assertThat(texts("#overview [data-figure=amountPerCustomer]")).containsExactly("–");
        assertThat(number("document.querySelectorAll('#trend rect.mark').length"))
                .isEqualTo(28);
        assertThat(texts("#reconciliation .empty")).hasSize(1);
    }
}
