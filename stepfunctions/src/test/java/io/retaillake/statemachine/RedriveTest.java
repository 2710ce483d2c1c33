package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A redrive goes on at the failed state, with the same run id, and repeats nothing that had succeeded. */
class RedriveTest {

    private static final int NOT_FOUND_ONCE = 1;
    private static final String NOT_FOUND = "Glue.EntityNotFoundException";

    private final ScriptedGlue glue = new ScriptedGlue();
    private final Execution execution =
            Machines.pipeline(glue, "2015-01-r3", "{\"from\":\"2015-01\",\"to\":\"2015-01\"}");

    @Test
    void repeatsOnlyTheMartThatFailedAndThoseThatItKeptFromEnding() {
        glue.failing("SalesByResidence", NOT_FOUND_ONCE, NOT_FOUND);
        Failed failed = (Failed) execution.start();
        List<String> succeeded = jobs(succeeded(failed));
        assertThat(succeeded)
                .containsExactly(
                        "ExtractDimensions",
                        "ExtractPurchases",
                        "BuildPurchases",
                        "SalesByDatetime",
                        "SalesByProduct",
                        "SalesByAgeProduct");

        Outcome redriven = redrive(failed);

        assertThat(redriven).isInstanceOf(Succeeded.class);
        assertThat(jobs(redriven.calls()))
                .startsWith("SalesByResidence", "SalesByCustomer", "AffiliateOverview")
                .endsWith("VerifyRun")
                .hasSize(4 + Machines.CONCLUDING_JOBS.size());
    }

    @Test
    void repeatsOnlyTheBranchThatFailed() {
        glue.failing("ExtractPurchases", 2, "States.TaskFailed").lasting("ExtractDimensions", Duration.ofSeconds(20));
        Failed failed = (Failed) execution.start();

        Outcome redriven = redrive(failed);

        assertThat(redriven).isInstanceOf(Succeeded.class);
        assertThat(jobs(redriven.calls()))
                .startsWith("ExtractPurchases", "BuildPurchases")
                .doesNotContain("ExtractDimensions")
                .hasSize(Machines.JOB_COUNT - 1);
    }

    @Test
    void repeatsABranchThatWasAborted() {
        glue.failing("ExtractDimensions", 2, "States.TaskFailed").lasting("ExtractPurchases", Duration.ofMinutes(3));
        Failed failed = (Failed) execution.start();
        assertThat(failed.calls()).last().satisfies(call -> {
            assertThat(call.jobName()).endsWith("ExtractDimensions");
            assertThat(call.error()).isEqualTo("States.TaskFailed");
        });
        assertThat(failed.calls()).extracting(TaskCall::error).contains(TaskCall.ABORTED);

        assertThat(jobs(redrive(failed).calls()))
                .startsWith("ExtractDimensions", "ExtractPurchases")
                .hasSize(Machines.JOB_COUNT);
    }

    @Test
    void repeatsOnlyTheVerificationWhenThatFailed() {
        glue.failing("VerifyRun", 2, "States.TaskFailed");

        Outcome redriven = redrive((Failed) execution.start());

        assertThat(redriven).isInstanceOf(Succeeded.class);
        assertThat(jobs(redriven.calls())).containsExactly("VerifyRun");
    }

    @Test
    void goesOnAfterAJobThatTimedOut() {
        glue.lasting("BuildPurchases", Duration.ofHours(3));
        Failed failed = (Failed) execution.start();
        glue.lasting("BuildPurchases", ScriptedGlue.JOB_DURATION);

        Outcome redriven = redrive(failed);

        assertThat(redriven).isInstanceOf(Succeeded.class);
        assertThat(jobs(redriven.calls())).startsWith("BuildPurchases").hasSize(Machines.JOB_COUNT - 2);
    }

    @Test
    void tellsTheRepeatedJobsTheSameRunAndMonthsOnALaterDay() {
        glue.failing("SalesByCustomer", NOT_FOUND_ONCE, NOT_FOUND);

        assertThat(redrive((Failed) execution.start()).calls())
                .extracting(TaskCall::jobArguments)
                .containsOnly(Map.of("--run-id", "2015-01-r3.20160115", "--from", "2015-01", "--to", "2015-01"));
    }

    @Test
    void retriesAgainAfterARedrive() {
        glue.failing("BuildPurchases", 3, "States.TaskFailed");

        Outcome redriven = redrive((Failed) execution.start());

        assertThat(redriven).isInstanceOf(Succeeded.class);
        assertThat(jobs(redriven.calls())).startsWith("BuildPurchases", "BuildPurchases", "SalesByDatetime");
    }

    @Test
    void canBeRedrivenUntilItSucceedsAndThenNamesEveryJobRun() {
        glue.failing("ExtractPurchases", 2, "States.TaskFailed").failing("AffiliateOverview", 1, NOT_FOUND);

        Failed second = (Failed) redrive((Failed) execution.start());
        Succeeded third = (Succeeded) redrive(second);

        assertThat(Json.objects(Json.object(third.output()).get("jobs"))).hasSize(Machines.JOB_COUNT);
    }

    @Test
    void refusesABadInputAgain() {
        Execution bad = Machines.pipeline(glue, "any", "{\"from\":\"2015-13\",\"to\":\"2016-01\"}");

        Failed redriven = (Failed) bad.redrive((Failed) bad.start(), Machines.SCHEDULED.plusSeconds(60));

        assertThat(redriven.error()).isEqualTo("InvalidInput");
        assertThat(redriven.calls()).isEmpty();
    }

    private Outcome redrive(Failed failed) {
        return execution.redrive(failed, failed.end().plus(Duration.ofDays(1)));
    }

    private static List<TaskCall> succeeded(Outcome outcome) {
        return outcome.calls().stream().filter(call -> call.error().isEmpty()).toList();
    }

    private static List<String> jobs(List<TaskCall> calls) {
        return calls.stream()
                .map(call -> call.jobName().substring(Machines.JOB_NAME_PREFIX.length()))
                .toList();
    }
}
