package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.local.GeneratedSourceJobs;
import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline's definition with the real jobs behind its tasks: what it passes is what they take, and gold is there. */
class PipelineWithRealJobsIT {

    private static final double SCALE = 0.001;
    private static final double DIRTY_RATE = 0.01;
    private static final String RUN_ID = "2015-01_2015-02";

    /** Each mart's rows, and the months that they are of. */
    private static final String MARTS = Stream.of(
                    "sales_by_datetime purchase_date",
                    "sales_by_product month",
                    "sales_by_age_product month",
                    "sales_by_residence month",
                    "sales_by_customer month",
                    "affiliate_overview month")
            .map(mart -> mart.split(" "))
            .map(mart -> "SELECT concat_ws(' ', '" + mart[0] + "', date_format(min(" + mart[1] + "), 'yyyy-MM'),"
                    + " date_format(max(" + mart[1] + "), 'yyyy-MM'), CAST(count(*) > 0 AS STRING)) AS line FROM gold."
                    + mart[0])
            .collect(Collectors.joining(" UNION ALL "));

    private static final String JOB_RUNS =
            "SELECT concat('run of ', job) AS line FROM ops.job_runs WHERE run_id = '" + RUN_ID + "'";

    @TempDir
    private static Path folder;

    @Test
    void runsEveryJobAndGoldIsThere() throws Exception {
        GeneratedSourceJobs jobs = new GeneratedSourceJobs(folder, SCALE, DIRTY_RATE);
        RealGlue glue = new RealGlue(jobs);

        Outcome outcome = Machines.pipeline(glue, RUN_ID, "{\"from\":\"2015-01\",\"to\":\"2015-02\"}")
                .start();

        assertThat(outcome)
                .as(() -> outcome instanceof Failed failed ? failed.cause() : "")
                .isInstanceOf(Succeeded.class);
        assertThat(outcome.calls()).hasSize(10);
        assertThat(glue.ended().get("VerifyRun").out()).contains("Reconciliation of run " + RUN_ID);
        List<String> lines = jobs.query(MARTS + " UNION ALL " + JOB_RUNS);
        assertThat(lines)
                .contains(
                        "sales_by_datetime 2015-01 2015-02 true",
                        "sales_by_product 2015-01 2015-02 true",
                        "sales_by_age_product 2015-01 2015-02 true",
                        "sales_by_residence 2015-01 2015-02 true",
                        "sales_by_customer 2015-01 2015-02 true",
                        "affiliate_overview 2015-01 2015-02 true");
        assertThat(lines).contains("run of ExtractPurchases", "run of BuildPurchases", "run of AffiliateOverview");
        assertThat(jobs.leaks()).isEmpty();
    }
}
