package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.statemachine.Outcome.Failed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which months an input stands for, and which inputs are refused. */
class InputTest {

    private final ScriptedGlue glue = new ScriptedGlue();

    @ParameterizedTest
    @CsvSource({
        // The schedule, 01:00 in Seoul on the 16th, as UTC.
        "2016-02-15T16:00:00Z, 2016-01",
        "2016-01-15T16:00:00Z, 2015-12",
        // Half past midnight on the first of a month in Seoul is still the month before in UTC.
        "2015-02-28T15:30:00Z, 2015-02",
        "2015-02-28T14:59:59Z, 2015-01",
        "2015-12-31T15:30:00Z, 2015-12",
        "2015-12-31T14:30:00Z, 2015-11",
        "2016-03-31T14:59:59.999Z, 2016-02",
        "2016-03-01T00:30:00+09:00, 2016-02",
        "2015-10-31T23:59:59Z, 2015-10"
    })
    void withoutAWindowTakesTheMonthBeforeTheScheduledTimeInSeoul(String scheduledTime, String month) {
        Outcome outcome = Machines.pipeline(glue, "any", "{\"scheduledTime\":\"" + scheduledTime + "\"}")
                .start();

        assertThat(outcome.calls())
                .extracting(TaskCall::jobArguments)
                .containsOnly(Map.of("--run-id", "any.20160115", "--from", month, "--to", month));
    }

    @ParameterizedTest
    @CsvSource({"2016-01-01T00:30:00.123Z, 2015-12", "2015-12-31T15:30:00Z, 2015-12", "2015-12-31T14:30:00Z, 2015-11"})
    void withoutAScheduledTimeTakesTheMonthBeforeItsStart(String startTime, String month) {
        Execution execution = new Execution(Machines.PIPELINE, glue, "any", Map.of(), Instant.parse(startTime));
        String runId = "any." + startTime.substring(0, 10).replace("-", "");

        assertThat(execution.start().calls())
                .extracting(TaskCall::jobArguments)
                .containsOnly(Map.of("--run-id", runId, "--from", month, "--to", month));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"from\":\"2015-13\",\"to\":\"2016-01\"}| from is 2015-13; a month is written like 2015-01",
                "{\"from\":\"2015-1\",\"to\":\"2016-01\"}| from is 2015-1; a month is written like 2015-01",
                "{\"from\":\"2014-01\",\"to\":\"2015-01-31\"}| to is 2015-01-31; a month is written like 2015-01",
                "{\"from\":\"0000-01\",\"to\":\"2015-01\"}| from is 0000-01; a month is written like 2015-01",
                "{\"from\":\"2014-01\",\"to\":201501}| to is 201501; a month is written like 2015-01",
                "{\"from\":\"2014-01\",\"to\":\"\"}| to is ; a month is written like 2015-01",
                "{\"from\":null,\"to\":\"2015-01\"}| from is null; a month is written like 2015-01",
                "{\"from\":\"2015-01\\n\",\"to\":\"2015-02\"}| a month is written like 2015-01",
                "{\"from\":[\"2015-01\"],\"to\":\"2015-02\"}| a month is written like 2015-01",
                "{\"from\":\"2015-02\",\"to\":\"2015-01\"}| from 2015-02 is after to 2015-01",
                "{\"from\":\"2015-02\"}| give both from and to, or neither",
                "{\"to\":\"2015-02\"}| give both from and to, or neither",
                "{\"window\":\"everything\"}| window is everything; allowed: all",
                "{\"window\":null}| window is null; allowed: all",
                "{\"window\":\"all\",\"from\":\"2015-01\",\"to\":\"2015-01\"}| give either window or from and to",
                "{\"month\":\"2015-01\"}| unknown: month; allowed: from, to, window, scheduledTime",
                "{\"From\":\"2015-01\",\"To\":\"2015-01\"}| unknown: From, To; allowed: from, to, window, scheduledTime",
                "{\"scheduledTime\":\"yesterday\"}| scheduledTime is yesterday; an instant is written like",
                "{\"scheduledTime\":\"<aws.scheduler.scheduled-time>\"}| scheduledTime is <aws.scheduler.scheduled-time>;",
                "[]| the input is no JSON object",
                "\"2015-01\"| the input is no JSON object",
                "7| the input is no JSON object"
            })
    void refusesABadInputBeforeAnyJob(String input, String problem) {
        Failed failed = (Failed) Machines.pipeline(glue, "any", input).start();

        assertThat(failed.error()).isEqualTo("InvalidInput");
        assertThat(failed.cause()).startsWith("Nothing was started: ").contains(problem);
        assertThat(failed.calls()).isEmpty();
    }

    @Test
    void namesEveryProblemOfAnInputAtOnce() {
        Failed failed = (Failed) Machines.pipeline(glue, "any", "{\"from\":\"2015-13\",\"until\":\"2015-02\"}")
                .start();

        assertThat(failed.cause())
                .isEqualTo("Nothing was started: unknown: until; allowed: from, to, window, scheduledTime; "
                        + "from is 2015-13; a month is written like 2015-01; give both from and to, or neither.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2015-01", "_2015", "2015년1월", "a+b", "2015@1"})
    void refusesAnExecutionNameThatCannotBeARunId(String name) {
        Failed failed =
                (Failed) Machines.pipeline(glue, name, "{\"window\":\"all\"}").start();

        assertThat(failed.error()).isEqualTo("InvalidInput");
        assertThat(failed.cause()).contains("the execution is named " + name);
    }

    @Test
    void refusesAnExecutionNameWithWhichTheRunIdWouldBeTooLongForTheJobs() {
        String longest = "n".repeat(71);
        Outcome runs = Machines.pipeline(glue, longest, "{\"window\":\"all\"}").start();
        Failed refused = (Failed)
                Machines.pipeline(glue, longest + "n", "{\"window\":\"all\"}").start();

        assertThat(runs.calls())
                .extracting(call -> (String) call.jobArguments().get("--run-id"))
                .containsOnly(longest + ".20160115")
                .allSatisfy(runId -> assertThat(runId).hasSize(80));
        assertThat(refused.error()).isEqualTo("InvalidInput");
        assertThat(refused.cause()).contains("up to 71 letters");
    }

    @Test
    void bothMachinesReadAnInputAlike() {
        List<Object> pipelineRules = rules(Machines.PIPELINE);

        assertThat(rules(Machines.STARTER)).isEqualTo(pipelineRules.subList(0, pipelineRules.size() - 1));
        assertThat(assigned(Machines.STARTER, "Resolve the months", "months"))
                .isEqualTo(assigned(Machines.PIPELINE, "Resolve the months", "months"));
    }

    private static List<Object> rules(Definition machine) {
        return Json.array(assigned(machine, "Check the input", "problems"));
    }

    private static Object assigned(Definition machine, String state, String variable) {
        return Json.object(Json.object(machine.states().get(state)).get("Assign"))
                .get(variable);
    }
}
