package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A month's figures as they were reported, after the month was corrected in the source and run again. */
class TimeTravelIT {

    private static final String MONTHS_QUERY =
            QueryFile.named("month-as-reported").text();

    @Test
    void listsEveryVersionOfTheMonthAndNoOtherRun() {
        List<String> runs = column(TestLake.get().trino().query(MONTHS_QUERY).figures(), "run_id");
        assertThat(runs).containsExactly(TestLake.FIRST_RUN, TestLake.MONTH_RUN);

        String earlier = MONTHS_QUERY.replace("DATE '2015-12-01'", "DATE '2015-11-01'");
        assertThat(column(TestLake.get().trino().query(earlier).figures(), "run_id"))
                .as("a month that was built once")
                .containsExactly(TestLake.FIRST_RUN);
    }

    @Test
    void theFirstVersionIsTheSnapshotThatTheReportTagNames() throws Exception {
        String firstSnapshot = column(TestLake.get().trino().query(MONTHS_QUERY).figures(), "snapshot_id")
                .get(0);

        assertThat(TestLake.get().tag("gold.sales_by_datetime", "reported-" + TestLake.CORRECTED_MONTH))
                .isEqualTo(firstSnapshot);
    }

    @Test
    void comparesTheFiguresReportedThenWithTodays() {
        TestLake lake = TestLake.get();
        List<String> comparisons = column(lake.trino().query(MONTHS_QUERY).figures(), "comparison_sql");

        Figures then = lake.trino().query(comparisons.get(0)).figures();

        assertThat(columns(then, "affiliate", "amount_then", "purchases_then"))
                .isEqualTo(lake.monthAsReported().rows());
        assertThat(columns(then, "affiliate", "amount_now", "purchases_now"))
                .isEqualTo(lake.monthNow().rows());
        assertThat(lake.monthAsReported().rows())
                .doesNotContainAnyElementsOf(lake.monthNow().rows().subList(1, 2));
        assertThat(column(lake.trino().query(comparisons.get(1)).figures(), "amount_difference"))
                .as("the newest version is today's")
                .isNotEmpty()
                .containsOnly("0.00");
    }

    private static List<String> column(Figures figures, String name) {
        return columns(figures, name);
    }

    private static List<String> columns(Figures figures, String... names) {
        List<String> rows = new ArrayList<>();
        for (String row : figures.rows()) {
            List<String> cells = List.of(row.split("\\|", -1));
            List<String> chosen = new ArrayList<>();
            for (String name : names) {
                chosen.add(cells.get(figures.columns().indexOf(name)));
            }
            rows.add(String.join("|", chosen));
        }
        return rows;
    }
}
