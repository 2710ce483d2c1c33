package io.retaillake.jobs.ops.report;

import static io.retaillake.jobs.ops.report.ReportInBrowser.DESKTOP;
import static io.retaillake.jobs.ops.report.ReportInBrowser.browser;
import static io.retaillake.jobs.ops.report.ReportInBrowser.click;
import static io.retaillake.jobs.ops.report.ReportInBrowser.lake;
import static io.retaillake.jobs.ops.report.ReportInBrowser.number;
import static io.retaillake.jobs.ops.report.ReportInBrowser.open;
import static io.retaillake.jobs.ops.report.ReportInBrowser.photograph;
import static io.retaillake.jobs.ops.report.ReportInBrowser.press;
import static io.retaillake.jobs.ops.report.ReportInBrowser.queried;
import static io.retaillake.jobs.ops.report.ReportInBrowser.select;
import static io.retaillake.jobs.ops.report.ReportInBrowser.table;
import static io.retaillake.jobs.ops.report.ReportInBrowser.text;
import static io.retaillake.jobs.ops.report.ReportInBrowser.texts;
import static io.retaillake.jobs.ops.report.ReportInBrowser.total;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a reader can choose in the report, and what it says of that. */
@ExtendWith(ReportInBrowser.class)
class ReportChoicesInBrowserIT {

    private static final String OF_MONTH = "SELECT CAST(sum(amount) AS bigint) FROM purchases WHERE purchase_month = ";

    @Test
    void comparesTheLastYearOfSeveral(@TempDir Path other) throws Exception {
        List<List<Object>> months = IntStream.range(0, 24)
                .mapToObj(month -> List.<Object>of(
                        "A",
                        LocalDate.of(2014, 1, 1).plusMonths(month).toString(),
                        new BigDecimal(month < 12 ? 100 : 110),
                        1,
                        1))
                .toList();
        BigDecimal total = new BigDecimal(12 * 210);
        List<ReportOverview> overview = Stream.of(null, "A")
                .map(affiliate -> new ReportOverview(affiliate, 0, 24, 24, total, null, total, null))
                .toList();
        browser().open(SmallReport.of(overview, months, List.of()).writeTo(other), DESKTOP, "light");

        assertThat(text("#sentence"))
                .contains("마지막 12개월인 2015년 1월부터 2015년 12월까지 매출은 1,320 원으로, 직전 12개월보다 10.0% 늘었습니다.");
        press("language", "en");
        assertThat(text("#sentence"))
                .contains(
                        "In the last 12 months, from January 2015 to December 2015, they were ₩1.32K, up 10.0% on the 12 months before.");
    }

    @Test
    void saysWhatHappenedInTheChosenMonths() throws Exception {
        open("r1", DESKTOP, "light");
        long march = queried(OF_MONTH + 3);
        long february = queried(OF_MONTH + 2);
        String change = "%.1f%%".formatted(100.0 * (march - february) / february);
        String amount = "%,.0f만 원".formatted(march / 1e4);

        assertThat(text("#sentence"))
                .startsWith("2015년 1월부터 2015년 3월까지 그룹 매출은")
                .contains("만 원입니다. 비교할 이전 기간의 자료는 없습니다.")
                .contains("마지막 달인 2015년 3월 매출은 " + amount + "으로, 전월보다 " + change + " 늘었습니다.")
                .endsWith("매출이 2015년 1월 5일부터 2015년 3월 20일까지만 있어 첫 달과 마지막 달은 온전하지 않습니다.");

        press("range", "last");
        assertThat(text("#sentence"))
                .startsWith("2015년 3월 그룹 매출은 " + amount + "으로, 전월보다 " + change + " 늘었습니다. 비교할 전년 동월 자료는 없습니다."
                        + " 전월 대비 증가는 계열사 C (+500만 원), 서울특별시 (+500만 원), 과일 (+500만 원)에서 가장 컸습니다.");
        press("language", "en");
        assertThat(text("#sentence"))
                .startsWith("Group sales in March 2015 were ₩")
                .contains(
                        ", up " + change + " on the month before. There are no figures of the same month a year before."
                                + " The rise on the month before was largest at Affiliate C (+₩5M), Seoul (+₩5M) and Gwail (+₩5M).");

        open("february", DESKTOP, "light");
        assertThat(text("#sentence"))
                .as("what a report of one month has of the month before")
                .contains("전월보다")
                .contains("전월 대비 감소는 계열사 ");
    }

    @Test
    void followsARangeOfMonthsInEverySection() throws Exception {
        open("r1", DESKTOP, "light");
        select("from", "2015년 2월");

        assertThat(text(".period strong")).isEqualTo("2015년 2월 – 2015년 3월");
        long amount = queried("SELECT CAST(sum(amount) AS bigint) FROM purchases WHERE purchase_month >= 2");
        assertThat(total(table("trend"), 5)).isEqualTo(amount);
        assertThat(total(table("ages"), 5)).isEqualTo(amount);
        assertThat(total(table("places"), 1)).isEqualTo(amount);
        assertThat(texts("#overview [data-figure=customers]")).isEqualTo(lake().query("""
                SELECT concat(customers, '명')
                  FROM (SELECT affiliate, count(DISTINCT customer_id) AS customers FROM purchases WHERE purchase_month >= 2
                         GROUP BY GROUPING SETS ((affiliate), ()))
                 ORDER BY affiliate NULLS FIRST"""));
        assertThat(text("#places .note")).contains("고객 수는 달끼리 더할 수 없어");
        assertThat(text("#overlap .note")).contains("보고서 전체 기간");

        select("to", "2015년 2월");
        assertThat(text("#trend h2")).isEqualTo("일별 추이");
        assertThat(total(table("trend"), 5)).isEqualTo(queried(OF_MONTH + 2));
        assertThat(table("years").stream().map(row -> row.get(1)).filter(cell -> !cell.isEmpty()))
                .as("the year's months, whatever is chosen of it")
                .hasSize(3);
        press("range", "all");
        assertThat(text(".period strong")).isEqualTo("2015년 1월 – 2015년 3월");
    }

    @Test
    void leadsFromAProvinceToItsCitiesAndFromACategoryToItsProducts() throws Exception {
        open("r1", DESKTOP, "light");

        assertThat(number("document.querySelectorAll('#places svg rect').length"))
                .isEqualTo(17);
        browser()
                .evaluate(
                        "document.querySelector('[data-province=서울특별시]').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}))");
        assertThat(browser().evaluate("document.activeElement.dataset.province").asText())
                .as("a keyboard goes on from where it was")
                .isEqualTo("서울특별시");
        assertThat(texts("#places .path + table tbody th")).containsExactlyInAnyOrder("강남구", "강북구·성북구");
        assertThat(total(table("places"), 1))
                .isEqualTo(queried("SELECT CAST(sum(amount) AS bigint) FROM purchases WHERE province_city = '서울특별시'"));
        click("[data-drill=category]");
        assertThat(browser().evaluate("document.activeElement.dataset.drill").asText())
                .isEqualTo("products-up");
        String category = text("#products .path strong");
        assertThat(total(table("products"), 3))
                .isEqualTo(queried("SELECT CAST(sum(amount) AS bigint) FROM purchases WHERE main_category_desc = '"
                        + category + "'"));
        click("[data-drill=products-up]");
        click("[data-drill=places-up]");
        assertThat(texts("#places .path, #products .path")).isEmpty();
    }

    @Test
    void isFoundAgainByItsAddressAndTheBackButton() throws Exception {
        open("r1", DESKTOP, "light");
        press("affiliate", "B");
        select("from", "2015년 3월");
        click("[data-drill=province]");
        press("language", "en");
        String address = browser().evaluate("location.hash").asText();
        String shown = text("#report");

        browser().go(lake().page("r1"), address);
        assertThat(text("#report")).isEqualTo(shown).startsWith("Group sales report");
        browser().go(lake().page("r1"), "#language=en&affiliate=Z&from=1999-01&level=<b>&province=nowhere");
        assertThat(text(".period")).contains("2015-01 – 2015-03");

        press("affiliate", "B");
        press("measure", "purchases");
        browser()
                .evaluate(
                        "new Promise((done) => { addEventListener('popstate', () => setTimeout(done)); history.back(); })");
        assertThat(texts(".bar [aria-pressed=true]")).contains("B", "Sales");
    }

    @Test
    void givesEachTableAsAFileForASpreadsheet() throws Exception {
        open("r1", DESKTOP, "light");
        assertThat(number("[...document.querySelectorAll('#report table')].filter((e) => !e.closest('section')"
                        + ".querySelector('.csv')).length"))
                .isZero();

        String places = browser().download("document.querySelector('[data-csv=places]').click()");
        assertThat(places).startsWith("\ufeff시·도,매출액,고객,고객당 금액\r\n").contains("서울특별시,");
        assertThat(places.lines()
                        .skip(1)
                        .mapToLong(line -> Long.parseLong(line.split(",", -1)[1]))
                        .sum())
                .isEqualTo(queried("SELECT CAST(sum(amount) AS bigint) FROM purchases"));

        press("view", "products");
        String products = browser().download("document.querySelector('[data-csv=products]').click()");
        assertThat(products)
                .contains("\"</script><script>alert(1)</script> & \"\"'\",")
                .contains("'=HYPERLINK(0),")
                .doesNotContainPattern("(?m)^[=+@-]");
    }

    @Test
    void showsTheFirstChartOnAPhoneWithoutScrolling() throws Exception {
        for (String page : List.of("r1", "february")) {
            open(page, 390, "light");
            browser().size(390, 844, "light");
            for (String language : List.of("ko", "en")) {
                press("language", language);
                photograph("fold-" + page + "-" + language);
                assertThat(number("document.querySelector('#trend svg').getBoundingClientRect().bottom"))
                        .isLessThan(844);
            }
        }
    }

    @Test
    void writesKoreanNamesInLatinLettersForWhoReadsEnglish() throws Exception {
        open("r1", DESKTOP, "light");
        press("language", "en");
        assertThat(texts("#products tbody .drill")).contains("Yeoseong-uiryu", "Gwail", "Gajeon");
        press("view", "products");
        assertThat(texts("#products > table tbody th")).anyMatch(name -> name.startsWith("Gwail Sangpum"));
        assertThat(text("#ages svg")).contains("Yeoseong-uiryu").doesNotContainPattern("[가-힣]");
    }
}
