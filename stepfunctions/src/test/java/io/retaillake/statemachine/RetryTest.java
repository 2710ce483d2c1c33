package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often, and after which delays, a job is started again; delays with jitter are taken at their longest. */
class RetryTest {

    private static final String JOB = "BuildPurchases";

    private final ScriptedGlue glue = new ScriptedGlue();

    @ParameterizedTest
    @ValueSource(strings = {"Glue.ConcurrentRunsExceededException", "Glue.ResourceNumberLimitExceededException"})
    void waitsLongWhereAnotherRunOrAQuotaIsInTheWay(String error) {
        List<TaskCall> calls = callsOf(runWith(11, error));

        assertThat(delaysSeconds(calls)).containsExactly(60L, 120L, 240L, 480L, 600L, 600L, 600L, 600L, 600L, 600L);
        assertThat(calls).extracting(TaskCall::error).containsOnly(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Glue.InternalServiceException",
                "Glue.OperationTimeoutException",
                "Glue.ThrottlingException",
                "Glue.AWSGlueException",
                "Glue.SdkClientException"
            })
    void asksGlueSomeTimesAgainWhenItFails(String error) {
        assertThat(delaysSeconds(callsOf(runWith(7, error)))).containsExactly(10L, 20L, 40L, 80L, 120L, 120L);
    }

    @Test
    void runsAFailedJobOnceMore() {
        assertThat(delaysSeconds(callsOf(runWith(2, "States.TaskFailed")))).containsExactly(30L);
        assertThat(runWith(2, "States.TaskFailed")).isInstanceOf(Failed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Glue.EntityNotFoundException",
                "Glue.InvalidInputException",
                "Glue.AccessDeniedException",
                "States.Permissions",
                "States.QueryEvaluationError"
            })
    void doesNotRepeatWhatCannotGetBetter(String error) {
        assertThat(callsOf(runWith(1, error))).hasSize(1);
    }

    @Test
    void succeedsWhenTheSecondAttemptDoes() {
        Outcome outcome = runWith(1, "States.TaskFailed");

        assertThat(outcome).isInstanceOf(Succeeded.class);
        assertThat(callsOf(outcome)).extracting(TaskCall::error).containsExactly("States.TaskFailed", "");
        assertThat(callsOf(outcome))
                .extracting(TaskCall::arguments)
                .containsOnly(callsOf(outcome).get(0).arguments());
    }

    @Test
    void countsEachKindOfErrorOnItsOwn() {
        glue.failing(JOB, 2, "Glue.ConcurrentRunsExceededException")
                .failing(JOB, 1, "Glue.ThrottlingException")
                .failing(JOB, 1, "States.TaskFailed");

        Outcome outcome = Machines.pipeline(glue, "all", "{\"window\":\"all\"}").start();

        assertThat(outcome).isInstanceOf(Succeeded.class);
        assertThat(delaysSeconds(callsOf(outcome))).containsExactly(60L, 120L, 10L, 30L);
    }

    @Test
    void isTheSameForEveryJobAndSpreadsWhatStartsTogether() {
        List<Map<String, Object>> policies = new ArrayList<>();
        Machines.PIPELINE.jobTasks().values().forEach(task -> policies.addAll(Json.objects(task.get("Retry"))));

        assertThat(Machines.PIPELINE.jobTasks().values())
                .hasSize(6)
                .extracting(task -> task.get("Retry"))
                .containsOnly(policies.subList(0, 4));
        assertThat(policies)
                .filteredOn(policy -> policy.containsKey("BackoffRate"))
                .allSatisfy(policy -> assertThat(policy).containsEntry("JitterStrategy", "FULL"));
    }

    @Test
    void nothingThatFailsIsCaught() {
        assertThat(Machines.PIPELINE.jobTasks().values())
                .allSatisfy(task -> assertThat(task).doesNotContainKey("Catch"));
    }

    private Outcome runWith(int failures, String error) {
        return Machines.pipeline(new ScriptedGlue().failing(JOB, failures, error), "all", "{\"window\":\"all\"}")
                .start();
    }

    private static List<TaskCall> callsOf(Outcome outcome) {
        return outcome.calls().stream()
                .filter(call -> call.jobName().endsWith(JOB))
                .toList();
    }

    /** From the end of each attempt to the start of the next. */
    private static List<Long> delaysSeconds(List<TaskCall> calls) {
        List<Long> delays = new ArrayList<>();
        for (int i = 1; i < calls.size(); i++) {
            delays.add(Duration.between(calls.get(i - 1).end(), calls.get(i).start())
                    .toSeconds());
        }
        return delays;
    }
}
