package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.local.GeneratedSourceJobs;
import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline's definition with the real jobs behind its tasks: what it passes is what they take, and gold is there. */
class PipelineWithRealJobsIT {

    private static final double SCALE = 0.001;
    private static final double DIRTY_RATE = 0.01;
    private static final String RUN_ID = "2015-01_2015-02";

    private static final List<String> MARTS = List.of(
            "sales_by_datetime",
            "sales_by_product",
            "sales_by_age_product",
            "sales_by_residence",
            "sales_by_customer",
            "affiliate_overview");

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
        assertThat(outcome.calls()).hasSize(Machines.JOB_COUNT);
        String verification = glue.ended().get("VerifyRun").out();
        assertThat(verification).contains("Reconciliation of run " + RUN_ID + ", months 2015-01..2015-02");
        // VerifyRun has added up each mart's rows again.
        assertThat(MARTS)
                .allSatisfy(mart -> assertThat(verification)
                        .containsPattern("gold\\." + mart + " +[1-9][0-9,]* +[1-9][0-9,.]+ += silver\\.purchases"));
        assertThat(jobs.leaks()).isEmpty();
    }
}
