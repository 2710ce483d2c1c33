package io.retaillake.jobs.ops.report;

import static io.retaillake.jobs.ops.report.ReportInBrowser.DESKTOP;
import static io.retaillake.jobs.ops.report.ReportInBrowser.PHONE;
import static io.retaillake.jobs.ops.report.ReportInBrowser.browser;
import static io.retaillake.jobs.ops.report.ReportInBrowser.number;
import static io.retaillake.jobs.ops.report.ReportInBrowser.photograph;
import static io.retaillake.jobs.ops.report.ReportInBrowser.press;
import static io.retaillake.jobs.ops.report.ReportInBrowser.table;
import static io.retaillake.jobs.ops.report.ReportInBrowser.text;
import static io.retaillake.jobs.ops.report.ReportInBrowser.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.jobs.ops.verify.RejectedRows;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the report says of rejected rows. */
@ExtendWith(ReportInBrowser.class)
class ReportRejectsInBrowserIT {

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
        assertThat(number("document.querySelectorAll('#rejects rect.mark').length"))
                .isEqualTo(4);
        assertThat(text("#rejects pre")).contains("FROM silver.purchase_rejects");
        assertThat(Contrast.lowest()).isGreaterThanOrEqualTo(4.5);
        press("language", "en");
        photograph("rejects-english");
        assertThat(text(".proof.warn"))
                .isEqualTo(
                        "⚠ Reconciled: 289,690 of the source’s 300,227 rows accepted, 10,537 rejected (3.5% of the rows;"
                                + " ₩217M, 3.0% of the amount)");
        assertThat(text("#rejects .note")).contains("A row with several reasons counts under each");

        openRejected(other, many, true, PHONE);
        photograph("rejects-phone");
        assertThat(number("document.documentElement.scrollWidth")).isEqualTo(PHONE);

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
        SmallReport report = new SmallReport(List.of(), List.of(), List.of(), stages, rejected);
        browser().open(report.writeTo(other), width, "light");
    }
}
