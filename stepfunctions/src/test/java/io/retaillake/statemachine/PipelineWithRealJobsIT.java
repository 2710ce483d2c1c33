package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.local.JobsOnLocalServers;
import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pipeline's definition with the real jobs behind its tasks: what it passes is what they take, and gold is there. What
 * all jobs requested, those too that the pipeline does not run, is left to the templates' tests.
 */
@Tag("thorough")
class PipelineWithRealJobsIT {

    private static final String EXECUTION = "2015-01_2015-02";
    private static final String RUN_ID = EXECUTION + ".20160115";

    private static final List<String> MARTS = List.of(
            "sales_by_datetime",
            "sales_by_product",
            "sales_by_age_product",
            "sales_by_residence",
            "sales_by_customer",
            "affiliate_overview",
            "sales_by_store",
            "users_days");

    /** Read by cloudformation's tests. */
    private static final Path PERMISSIONS = Path.of("target", "permissions.tsv");

    @TempDir
    private static Path folder;

    private static JobsOnLocalServers jobs;
    private static RealGlue glue;
    private static Outcome outcome;

    @BeforeAll
    static void runEveryJob() throws Exception {
        Files.deleteIfExists(PERMISSIONS);
        jobs = new JobsOnLocalServers(folder);
        run("FillSource", "--scale", "0.001", "--dirty-rate", "0.01");
        glue = new RealGlue(jobs);
        outcome = Machines.pipeline(glue, EXECUTION, "{\"from\":\"2015-01\",\"to\":\"2015-02\"}")
                .start();
        run("Preflight");
        // Runs that find their tables there.
        runAgain("ImportPurchases", "--files", jobs.deliverPurchases());
        runAgain("BuildPurchases");
        runAgain("SalesByDatetime");
        // A failure is recorded, success is not.
        String logs = jobs.deliverAccessLogs(false);
        assertThat(jobs.run("BuildAccessLogs", List.of("--logs", logs)).succeeded())
                .isFalse();
        run("BuildAccessLogs", "--logs", jobs.deliverAccessLogs(true));
        jobs.leaveDebris();
        run("CleanUp", "--small-files", "2");
        Files.write(PERMISSIONS, jobs.permissions());
    }

    private static void runAgain(String job, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--run-id", "again", "--from", "2015-01", "--to", "2015-02"));
        run(job, all.toArray(String[]::new));
    }

    private static void run(String job, String... arguments) throws IOException, InterruptedException {
        JobsOnLocalServers.Ended ended = jobs.run(job, List.of(arguments));
        assertThat(ended.succeeded()).as(job + ": " + ended.message()).isTrue();
    }

    @AfterAll
    static void stop() throws IOException {
        jobs.close();
    }

    @Test
    void runsEveryJobAndGoldIsThere() {
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
    }

    @Test
    void showsNoPassword() {
        assertThat(jobs.leaks()).isEmpty();
    }
}
