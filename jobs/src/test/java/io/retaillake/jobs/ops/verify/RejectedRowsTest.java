package io.retaillake.jobs.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.jobs.ops.report.ReportPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RejectedRowsTest {

    @Test
    void listsEachReasonWithItsRowsTheirShareAndAmountAndAllRowsOnce() {
        RejectedRows rejected = new RejectedRows(
                10_537,
                "217000000.5",
                300_227,
                "7152707086.00",
                List.of(
                        new RejectedRows.Reason("DUPLICATE_KEY", 9_000, "200000000.5"),
                        new RejectedRows.Reason("DATE_INVALID", 2_000, "17000000")));

        assertThat(rejected.lines())
                .containsExactly(
                        "Rejected rows by reason (a row with several reasons counts under each)",
                        "reason               rows  % of source rows    amount (KRW)",
                        "-----------------  ------  ----------------  --------------",
                        "DUPLICATE_KEY       9,000              3.00  200,000,000.50",
                        "DATE_INVALID        2,000              0.67   17,000,000.00",
                        "all rejected rows  10,537              3.51  217,000,000.50",
                        "By month, in Athena: data/queries/rejects-by-reason-and-month.sql");
    }

    @Test
    void showsNoShareOfNothingWhereARowWasRejected() {
        RejectedRows rejected = new RejectedRows(
                1, "5.00", 28_593_030, "7152707086.00", List.of(new RejectedRows.Reason("KEY_MISSING", 1, "5.00")));

        assertThat(rejected.lines())
                .contains(
                        "KEY_MISSING           1             <0.01          5.00",
                        "all rejected rows     1             <0.01          5.00");
    }

    @Test
    void saysNothingWhereNothingWasRejected() {
        assertThat(new RejectedRows(0, "0.00", 100, "5.00", List.of()).lines()).isEmpty();
    }

    @Test
    void theReportShowsTheQueryThatIsSavedForAnalysts() throws IOException {
        String query = Files.readString(Path.of("../data/queries/rejects-by-reason-and-month.sql"))
                .replaceAll("(?m)^--.*\n", "")
                .strip();
        String script =
                new String(ReportPage.class.getResourceAsStream("rejects.js").readAllBytes(), StandardCharsets.UTF_8);

        assertThat(query).startsWith("SELECT");
        assertThat(script).contains("`" + query + "`");
    }
}
