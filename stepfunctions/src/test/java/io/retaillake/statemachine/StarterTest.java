package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter starts one execution for a window, however often it is asked, and none while another runs. */
class StarterTest {

    private static final String SCHEDULE = "{\"scheduledTime\":\"2016-01-15T16:00:00Z\"}";
    private static final String DECEMBER = "{\"from\":\"2015-12\",\"to\":\"2015-12\"}";

    private final PipelineExecutions pipeline = new PipelineExecutions();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                SCHEDULE + "| 2015-12 |" + DECEMBER,
                "{\"scheduledTime\":\"2016-02-29T15:30:00Z\"}| 2016-02 | {\"from\":\"2016-02\",\"to\":\"2016-02\"}",
                "{}| 2015-12 |" + DECEMBER,
                "{\"from\":\"2015-01\",\"to\":\"2015-01\"}| 2015-01 | {\"from\":\"2015-01\",\"to\":\"2015-01\"}",
                "{\"to\":\"2015-03\",\"from\":\"2014-11\"}| 2014-11_2015-03 | {\"from\":\"2014-11\",\"to\":\"2015-03\"}",
                "{\"window\":\"all\"}| all | {\"window\":\"all\"}"
            })
    void namesTheExecutionAfterItsWindow(String input, String name, String pipelineInput) {
        Succeeded started = (Succeeded) Machines.starter(pipeline, input).start();

        assertThat(pipeline.started()).isEqualTo(Map.of(name, pipelineInput));
        assertThat(started.output())
                .isEqualTo(Map.of("outcome", "started", "name", name, "executionArn", PipelineExecutions.arn(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {SCHEDULE, "{}", "{\"window\":\"all\"}", "{\"from\":\"2014-11\",\"to\":\"2015-03\"}"})
    void startsThePipelineWithAnInputThatItAccepts(String input) {
        Machines.starter(pipeline, input).start();

        assertThat(pipeline.started())
                .hasSize(1)
                .allSatisfy(
                        (name, pipelineInput) -> assertThat(Machines.pipeline(new ScriptedGlue(), name, pipelineInput)
                                        .start())
                                .isInstanceOf(Succeeded.class));
    }

    @Test
    void startsOneExecutionWhenTheScheduleFiresTwiceAtOnce() {
        Outcome first = Machines.starter(pipeline, SCHEDULE).start();
        Outcome second = Machines.starter(pipeline, SCHEDULE).start();

        assertThat(pipeline.started()).containsOnlyKeys("2015-12");
        assertThat(first).isInstanceOf(Succeeded.class);
        assertThat(second)
                .isInstanceOfSatisfying(
                        Succeeded.class,
                        succeeded -> assertThat(succeeded.output())
                                .isEqualTo(Map.of(
                                        "outcome",
                                        "already running",
                                        "name",
                                        "2015-12",
                                        "executionArn",
                                        PipelineExecutions.arn("2015-12"))));
    }

    @Test
    void startsOneExecutionWhenTheSecondDeliveryComesAfterItsEnd() {
        Machines.starter(pipeline, SCHEDULE).start();
        pipeline.end("2015-12");

        Outcome second = Machines.starter(pipeline, SCHEDULE).start();

        assertThat(pipeline.started()).hasSize(1);
        assertThat(((Succeeded) second).output()).isEqualTo(Map.of("outcome", "already started", "name", "2015-12"));
    }

    @Test
    void startsOneExecutionWhenTwoStartersHaveBothSeenNothingRun() {
        // The other starter starts between this one's look and its start.
        Tasks racing = (resource, arguments, now) -> {
            Tasks.Reply reply = pipeline.call(resource, arguments, now);
            if (resource.endsWith(":listExecutions")) {
                Machines.starter(pipeline, SCHEDULE).start();
            }
            return reply;
        };

        assertThat(Machines.starter(racing, SCHEDULE).start()).isInstanceOf(Succeeded.class);
        assertThat(pipeline.started()).containsOnlyKeys("2015-12");
    }

    @Test
    void refusesWhileAnotherExecutionRunsAndNamesIt() {
        pipeline.with("2015-10", "{}").with("2015-11-r2", "{}").end("2015-10");

        Failed refused = (Failed) Machines.starter(pipeline, SCHEDULE).start();

        assertThat(refused.error()).isEqualTo("AnotherRunUnderWay");
        assertThat(refused.cause())
                .isEqualTo("The pipeline was not started as 2015-12, because it is running as 2015-11-r2. "
                        + "Start it again when that has ended.");
        assertThat(pipeline.started()).doesNotContainKey("2015-12");
    }

    @Test
    void takesARepeatedDeliveryForOneWhateverElseRuns() {
        pipeline.with("2015-12", DECEMBER).with("2014-01", "{}");

        assertThat(Machines.starter(pipeline, SCHEDULE).start()).isInstanceOf(Succeeded.class);
        assertThat(pipeline.started()).hasSize(2);
    }

    @Test
    void takesAnExecutionThatAPersonStartedForTheSameWindowAsStarted() {
        pipeline.with("2015-12", "{\"to\":\"2015-12\", \"from\":\"2015-12\"}");

        assertThat(((Succeeded) Machines.starter(pipeline, SCHEDULE).start()).output())
                .isEqualTo(Map.of("outcome", "already started", "name", "2015-12"));
    }

    @Test
    void takesTheTimeOfAnS3EventAsTheScheduledTime() {
        String event = """
                {"version": "0", "id": "17793124-05d4-b198-2fde-7ededc63b103", "detail-type": "Object Created",
                 "source": "aws.s3", "account": "123456789012", "time": "2016-03-31T15:30:00Z", "region": "ap-northeast-2",
                 "resources": ["arn:aws:s3:::acme-hist-retail"],
                 "detail": {"bucket": {"name": "acme-hist-retail"}, "object": {"key": "incoming/manifest.json", "size": 5}}}
                """;

        Machines.starter(pipeline, event).start();
        Machines.starter(pipeline, event).start();

        assertThat(pipeline.started()).isEqualTo(Map.of("2016-03", "{\"from\":\"2016-03\",\"to\":\"2016-03\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"from\":\"2015-13\",\"to\":\"2016-01\"}",
                "{\"month\":\"2015-01\"}",
                "[]",
                "{\"to\":\"2015-01\"}"
            })
    void refusesWhatThePipelineWouldRefuse(String input) {
        Failed failed = (Failed) Machines.starter(pipeline, input).start();

        assertThat(failed.error()).isEqualTo("InvalidInput");
        assertThat(failed.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sfn.ThrottlingException", "Sfn.SdkClientException", "Sfn.SfnException"})
    void asksAgainWhenTheServiceIsBusy(String error) {
        pipeline.failingOnce(error);

        Outcome outcome = Machines.starter(pipeline, SCHEDULE).start();

        assertThat(outcome).isInstanceOf(Succeeded.class);
        assertThat(outcome.calls()).extracting(TaskCall::error).containsExactly(error, "", "");
        assertThat(Duration.between(
                        outcome.calls().get(0).end(), outcome.calls().get(1).start()))
                .isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sfn.StateMachineDoesNotExistException", "Sfn.AccessDeniedException", "States.Permissions"})
    void failsAtOnceWhereAskingAgainIsOfNoUse(String error) {
        pipeline.failingOnce(error);

        Failed failed = (Failed) Machines.starter(pipeline, SCHEDULE).start();

        assertThat(failed.error()).isEqualTo(error);
        assertThat(failed.calls()).hasSize(1);
    }
}
