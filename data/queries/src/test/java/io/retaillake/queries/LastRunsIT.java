package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastRunsIT {

    private static final String LAST_RUNS = QueryFile.named("last-runs").statement();

    @Test
    void showsTheNewestRunFirstWithWhatFailedOnTheWay() {
        assertThat(rows("run_id, months, succeeded_jobs, unhealthy_jobs, failed_attempts"))
                .containsExactly(TestLake.MONTH_RUN + "|2015-12..2015-12|16||1", TestLake.FIRST_RUN + "|all|16||0");
        assertThat(rows("last_error").get(0)).contains("password");
        assertThat(rows("last_error").get(1)).isEqualTo("∅");
    }

    @Test
    void namesTheJobsWhoseLastAttemptFailed() {
        String beforeTheRepetition =
                "(SELECT * FROM ops.job_runs WHERE NOT (run_id = 'december' AND job = 'ExtractPurchases'"
                        + " AND status = 'SUCCEEDED'))";
        String query = LAST_RUNS.replace("ops.job_runs", beforeTheRepetition);

        Figures figures = TestLake.get().trino().query(query).figures();

        assertThat(figures.rows().get(0)).contains("|15|ExtractPurchases|1|");
    }

    @Test
    void countsTheChecksThatPassed() {
        assertThat(rows("passed_checks > 20 AND work_seconds > 0 AND started_at < ended_at"))
                .containsExactly("true", "true");
    }

    private static List<String> rows(String columns) {
        Figures figures = TestLake.get()
                .trino()
                .query("SELECT " + columns + " FROM (" + LAST_RUNS + ") ORDER BY started_at DESC")
                .figures();
        return figures.rows();
    }
}
