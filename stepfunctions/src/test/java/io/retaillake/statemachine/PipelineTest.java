package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pipeline's order, what each job is told, and what a failed job does to it. */
class PipelineTest {

    private static final List<String> MARTS = List.of(
            "SalesByDatetime",
            "SalesByProduct",
            "SalesByAgeProduct",
            "SalesByResidence",
            "SalesByCustomer",
            "AffiliateOverview");

    private final ScriptedGlue glue = new ScriptedGlue();

    @Test
    void runsEveryJobOnceInTheOrderOfTheLayers() {
        Outcome outcome = Machines.pipeline(glue, "2015-01", "{\"from\":\"2015-01\",\"to\":\"2015-01\"}")
                .start();

        assertThat(outcome).isInstanceOf(Succeeded.class);
        List<TaskCall> calls = outcome.calls();
        assertThat(calls).hasSize(Machines.JOB_COUNT);
        List<TaskCall> bronze = of(calls, List.of("ExtractDimensions", "ExtractPurchases"));
        List<TaskCall> silver = of(calls, List.of("BuildPurchases"));
        List<TaskCall> gold = of(calls, MARTS);
        List<TaskCall> tables = of(calls, List.of("BuildTable"));
        List<TaskCall> conclusion = of(calls, Machines.CONCLUDING_JOBS);
        assertThat(bronze).extracting(TaskCall::start).containsOnly(Machines.SCHEDULED);
        assertThat(lastEnd(bronze)).isEqualTo(silver.get(0).start());
        assertThat(lastEnd(silver)).isEqualTo(gold.get(0).start());
        assertThat(lastEnd(gold)).isEqualTo(tables.get(0).start());
        assertThat(lastEnd(tables)).isEqualTo(conclusion.get(0).start());
        assertThat(jobs(conclusion)).isEqualTo(Machines.CONCLUDING_JOBS);
    }

    @Test
    void tellsEveryJobTheRunAndTheMonthsAndNothingElse() {
        Outcome outcome = Machines.pipeline(glue, "2015-01_2015-03-r2", "{\"from\":\"2015-01\",\"to\":\"2015-03\"}")
                .start();

        assertThat(outcome.calls()).hasSize(Machines.JOB_COUNT).allSatisfy(call -> {
            assertThat(call.resource()).isEqualTo("arn:aws:states:::glue:startJobRun.sync");
            assertThat(call.arguments()).containsOnlyKeys("JobName", "Arguments");
            assertThat(call.jobArguments())
                    .isEqualTo(
                            Map.of("--run-id", "2015-01_2015-03-r2.20160115", "--from", "2015-01", "--to", "2015-03"));
        });
    }

    @Test
    void tellsTheJobsOfAFullRunNoMonths() {
        Outcome outcome = Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        assertThat(outcome.calls()).extracting(TaskCall::jobArguments).containsOnly(Map.of("--run-id", "all.20160115"));
    }

    @Test
    void isANewRunWhenAwsHasForgottenAnExecutionOfTheSameName() {
        Instant dayAfterAwsForgot = Machines.SCHEDULED.plus(Duration.ofDays(91));
        Execution later = new Execution(Machines.PIPELINE, glue, "all", Map.of("window", "all"), dayAfterAwsForgot);

        assertThat(later.start().calls())
                .extracting(TaskCall::jobArguments)
                .containsOnly(Map.of("--run-id", "all.20160415"));
    }

    @Test
    void buildsThreeMartsAtOnce() {
        Outcome outcome = Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        List<TaskCall> gold = of(outcome.calls(), MARTS);
        assertThat(gold)
                .hasSize(6)
                .allSatisfy(call -> assertThat(gold.stream()
                                .filter(other -> other.start().isBefore(call.end())
                                        && call.start().isBefore(other.end())))
                        .hasSize(3));
    }

    @Test
    void saysAtTheEndWhichJobRunsItHad() {
        glue.failing("BuildPurchases", 1, "States.TaskFailed");

        Succeeded succeeded =
                (Succeeded) Machines.pipeline(glue, "2015-01", "{\"from\":\"2015-01\",\"to\":\"2015-01\"}")
                        .start();

        Map<String, Object> output = Json.object(succeeded.output());
        assertThat(output)
                .containsOnlyKeys("runId", "from", "to", "jobs")
                .containsEntry("runId", "2015-01.20160115")
                .containsEntry("from", "2015-01")
                .containsEntry("to", "2015-01");
        assertThat(Json.objects(output.get("jobs")))
                .hasSize(Machines.JOB_COUNT)
                .allSatisfy(job -> assertThat(job).containsOnlyKeys("job", "jobRunId", "attempt"))
                .contains(Map.of("job", "retail-lakehouse-BuildPurchases", "jobRunId", "jr_3", "attempt", 2))
                .endsWith(Map.of(
                        "job", "retail-lakehouse-VerifyRun", "jobRunId", "jr_" + Machines.JOB_COUNT, "attempt", 1));
    }

    @Test
    void failsWithTheErrorOfTheBranchThatFailsAndStartsNothingAfterIt() {
        glue.failing("ExtractPurchases", 2, "States.TaskFailed");

        Failed failed =
                (Failed) Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        assertThat(failed.error()).isEqualTo("States.TaskFailed");
        assertThat(failed.cause()).isEqualTo("ExtractPurchases said why");
        assertThat(jobs(failed.calls())).containsOnly("ExtractDimensions", "ExtractPurchases");
    }

    @Test
    void failsWithTheErrorOfTheMartThatFailsAndAbortsThoseBesideIt() {
        glue.failing("SalesByProduct", 1, "Glue.EntityNotFoundException");

        Failed failed =
                (Failed) Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        assertThat(failed.error()).isEqualTo("Glue.EntityNotFoundException");
        assertThat(failed.cause()).isEqualTo("SalesByProduct said why");
        assertThat(jobs(failed.calls())).doesNotContain("VerifyRun", "SalesByResidence");
    }

    @Test
    void failsWhenTheVerificationFails() {
        glue.failing("VerifyRun", 2, "States.TaskFailed");

        Outcome outcome = Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed) outcome).cause()).isEqualTo("VerifyRun said why");
    }

    @Test
    void givesAJobMoreTimeThanItGivesItself() {
        Outcome outcome = Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        assertThat(outcome.calls()).extracting(TaskCall::timeoutSeconds).containsOnly(70 * 60L);
    }

    @Test
    void givesUpAJobThatHangsAndDoesNotRepeatIt() {
        glue.lasting("BuildPurchases", Duration.ofHours(5));

        Failed failed =
                (Failed) Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        assertThat(failed.error()).isEqualTo("States.Timeout");
        assertThat(of(failed.calls(), List.of("BuildPurchases"))).hasSize(1);
    }

    @Test
    void endsAsAWholeWhenItsTimeIsUp() {
        glue.failing("SalesByDatetime", 10, "Glue.ConcurrentRunsExceededException");
        Definition anHour = new Definition(Machines.PIPELINE.startAt(), 3600, Machines.PIPELINE.states());

        Failed failed =
                (Failed) new Execution(anHour, glue, "all", Map.of("window", "all"), Machines.SCHEDULED).start();

        assertThat(failed.error()).isEqualTo("States.Timeout");
        assertThat(failed.end()).isEqualTo(Machines.SCHEDULED.plusSeconds(3600));
        assertThat(Machines.PIPELINE.timeoutSeconds())
                .isEqualTo(Duration.ofHours(12).toSeconds());
    }

    private static List<TaskCall> of(List<TaskCall> calls, List<String> jobs) {
        return calls.stream().filter(call -> jobs.contains(job(call))).toList();
    }

    private static List<String> jobs(List<TaskCall> calls) {
        return calls.stream().map(PipelineTest::job).toList();
    }

    private static String job(TaskCall call) {
        return call.jobName().substring(Machines.JOB_NAME_PREFIX.length());
    }

    private static Instant lastEnd(List<TaskCall> calls) {
        return calls.stream().map(TaskCall::end).max(Comparator.naturalOrder()).orElseThrow();
    }
}
