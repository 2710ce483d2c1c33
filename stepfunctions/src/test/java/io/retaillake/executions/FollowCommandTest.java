package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowCommandTest extends CommandTest {

    private static final String GLUE = "https://ap-northeast-2.console.aws.amazon.com/gluestudio/home"
            + "?region=ap-northeast-2#/job/retail-lakehouse-%1$s/run/jr_%2$d";
    private static final StepFunctionsSimulator.Fault THROTTLED =
            new StepFunctionsSimulator.Fault(400, "ThrottlingException", "Rate exceeded");

    @Test
    void printsALineForEachChange() {
        machines().start("2015-01");
        runner().wait(Duration.ofSeconds(45));

        CommandLineRunner.Ended ended = run("follow", "2015-01");

        assertThat(ended.err())
                .containsExactly(
                        "following 2015-01  [console]:2015-01",
                        "    0:00  Bronze: started",
                        "    0:00  ExtractDimensions: started",
                        "    0:00  ExtractPurchases: started",
                        run("    0:00  ExtractDimensions: ", "ExtractDimensions", 1),
                        run("    0:00  ExtractPurchases: ", "ExtractPurchases", 2),
                        "    0:20  ExtractDimensions: succeeded after 0:20",
                        "    0:40  ExtractPurchases: succeeded after 0:40",
                        "    0:40  Bronze: succeeded after 0:40",
                        "    0:40  BuildPurchases: started",
                        run("    0:40  BuildPurchases: ", "BuildPurchases", 3),
                        "    1:10  BuildPurchases: succeeded after 0:30",
                        "    1:10  Gold: started",
                        "    1:10  Build mart SalesByDatetime: started",
                        run("    1:10  Build mart SalesByDatetime: ", "SalesByDatetime", 6),
                        "    1:10  Build mart SalesByProduct: started",
                        run("    1:10  Build mart SalesByProduct: ", "SalesByProduct", 7),
                        "    1:10  Build mart SalesByAgeProduct: started",
                        run("    1:10  Build mart SalesByAgeProduct: ", "SalesByAgeProduct", 8),
                        "    1:25  Build mart SalesByDatetime: succeeded after 0:15",
                        "    1:25  Build mart SalesByProduct: succeeded after 0:15",
                        "    1:25  Build mart SalesByAgeProduct: succeeded after 0:15",
                        "    1:25  Build mart SalesByResidence: started",
                        run("    1:25  Build mart SalesByResidence: ", "SalesByResidence", 9),
                        "    1:25  Build mart SalesByCustomer: started",
                        run("    1:25  Build mart SalesByCustomer: ", "SalesByCustomer", 10),
                        "    1:25  Build mart AffiliateOverview: started",
                        run("    1:25  Build mart AffiliateOverview: ", "AffiliateOverview", 11),
                        "    1:40  Build mart SalesByResidence: succeeded after 0:15",
                        "    1:40  Build mart SalesByCustomer: succeeded after 0:15",
                        "    1:40  Build mart AffiliateOverview: succeeded after 0:15",
                        "    1:40  Gold: succeeded after 0:30",
                        "    1:40  Conclude: started",
                        "    1:40  Run concluding job PublishReport: started",
                        run("    1:40  Run concluding job PublishReport: ", "PublishReport", 12),
                        "    1:50  Run concluding job PublishReport: succeeded after 0:10",
                        "    1:50  Run concluding job VerifyRun: started",
                        run("    1:50  Run concluding job VerifyRun: ", "VerifyRun", 13),
                        "    2:10  Run concluding job VerifyRun: succeeded after 0:20",
                        "    2:10  Conclude: succeeded after 0:30");
        assertThat(ended.out()).containsExactly("2015-01 SUCCEEDED after 2:10");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void saysWhereAndWhyAnExecutionFailedAndWhatToType() {
        String message =
                "Error Category: UNCLASSIFIED_ERROR; JobException: BuildPurchases did not publish: 1 of 6 checks"
                        + " failed.\n- rows: expected 4, actual 6 - FAILED\n\tat io.retaillake.Some.method(Some.java:1)";
        machines().script("2015-01", Script.failingInSilver(message), Script.goingOnInSilver());
        machines().start("2015-01");

        List<String> lines = fail(EXECUTION_FAILED, "follow");

        assertThat(lines)
                .contains(
                        "    0:55  BuildPurchases: attempt 1 failed: States.TaskFailed: Lost a worker",
                        "    1:25  BuildPurchases: attempt 2",
                        run("    1:25  BuildPurchases: ", "BuildPurchases", 4))
                .endsWith(
                        "error 2015-01 FAILED after 1:45",
                        "  BuildPurchases failed in attempt 2: States.TaskFailed",
                        "    Error Category: UNCLASSIFIED_ERROR; JobException: BuildPurchases did not publish: 1 of 6"
                                + " checks failed.",
                        "    - rows: expected 4, actual 6 - FAILED",
                        "    Glue run jr_4 of retail-lakehouse-BuildPurchases: "
                                + String.format(GLUE, "BuildPurchases", 4),
                        "  When the cause is fixed, go on where it failed: bin/executions redrive 2015-01 --follow");
    }

    @Test
    void saysThatAnOldFailureCanOnlyBeRunAgain() {
        machines().script("2015-01", Script.failingInSilver("no"), Script.goingOnInSilver());
        machines().start("2015-01").refuseRedrive("Execution was completed more than 14 days ago");

        assertThat(fail(EXECUTION_FAILED, "follow"))
                .last()
                .isEqualTo("  It can't be redriven (Execution was completed more than 14 days ago). When the cause is"
                        + " fixed: bin/executions start --from 2015-01 --to 2015-01 --again");
    }

    @Test
    void tellsAStopByItsReason() {
        machines().start("2015-01").stop("Stopped", "wrong month");

        assertThat(fail(EXECUTION_FAILED, "follow", "2015-01"))
                .contains("error 2015-01 ABORTED after 0:00", "  Stopped", "    wrong month");
    }

    @Test
    void tellsAFailStateAndAnExpressionThatCannotBeEvaluated() {
        machines().script("all", FollowCommandTest::refusesItsInput, Script.green());
        machines().script("all-r2", FollowCommandTest::failsToEvaluate, Script.green());
        machines().start("all");
        machines().start("all-r2");

        assertThat(fail(EXECUTION_FAILED, "follow", "all"))
                .contains("  Refuse the input failed: InvalidInput", "    from is x; a month is written like 2015-01");
        assertThat(fail(EXECUTION_FAILED, "follow", "all-r2"))
                .contains(
                        "    0:00  BuildPurchases: attempt 1 failed: States.QueryEvaluationError: T2001",
                        "  BuildPurchases failed: States.QueryEvaluationError");
    }

    @Test
    void showsATableOnATerminal() {
        machines().start("2015-01");
        runner().wait(Duration.ofSeconds(95));
        runner().terminal(80);

        // What a terminal shows at the end: what was printed last.
        List<String> lines = fail(0, "follow").stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9]+[A-Z]|\r", ""))
                .toList();
        assertThat(lines.subList(lines.size() - 15, lines.size()))
                .containsExactly(
                        "2015-01  SUCCEEDED  2:10",
                        "  Bronze                              succeeded      0:40",
                        "    ExtractDimensions                 succeeded      0:20  jr_1",
                        "    ExtractPurchases                  succeeded      0:40  jr_2",
                        "  BuildPurchases                      succeeded      0:30  jr_3",
                        "  Gold                                succeeded      0:30  6 of 6",
                        "    Build mart SalesByDatetime        succeeded      0:15  jr_6",
                        "    Build mart SalesByProduct         succeeded      0:15  jr_7",
                        "    Build mart SalesByAgeProduct      succeeded      0:15  jr_8",
                        "    Build mart SalesByResidence       succeeded      0:15  jr_9",
                        "    Build mart SalesByCustomer        succeeded      0:15  jr_10",
                        "    Build mart AffiliateOverview      succeeded      0:15  jr_11",
                        "  Conclude                            succeeded      0:30  2 of 2",
                        "    Run concluding job PublishReport  succeeded      0:10  jr_12",
                        "    Run concluding job VerifyRun      succeeded      0:20  jr_13");
    }

    @Test
    void followsTheLatestUnlessNamed() {
        machines().start("2015-01");
        machines().start("2015-02");

        assertThat(succeed("follow")).containsExactly("2015-02 SUCCEEDED after 2:10");
    }

    @Test
    void takesAnExecutionsArnForItsNameMachineAndRegion() {
        machines().start("2015-01");
        machines().start("2015-02");
        String machine = SimulatedStateMachines.arn("retail-lakehouse-pipeline");

        assertThat(succeed("follow", machine.replace(":stateMachine:", ":execution:") + ":2015-01"))
                .containsExactly("2015-01 SUCCEEDED after 2:10");
        assertThat(StateMachine.expanded(
                        new String[] {"stop", "arn:aws:states:eu-west-1:123456789012:execution:other:2015-01"}))
                .containsExactly(
                        "stop",
                        "2015-01",
                        "--state-machine",
                        "arn:aws:states:eu-west-1:123456789012:stateMachine:other");
    }

    @Test
    void asksOnlyForWhatIsNew() {
        machines().start("all");
        runner().wait(Duration.ofMinutes(10));
        machines().mostPerPage(4);
        succeed("follow");
        long paged = histories();
        machines().start("all-r2");
        machines().mostPerPage(1000);

        succeed("follow");

        // 98 events by pages of 4; then one look every 3 seconds of 130, whatever the length of the history.
        assertThat(paged).isEqualTo(25);
        assertThat(histories() - paged).isEqualTo(45);
    }

    @Test
    void outlastsThrottling() {
        machines().start("all");
        runner().simulator().fail("GetExecutionHistory", 8, THROTTLED);

        CommandLineRunner.Ended ended = run("follow");

        assertThat(ended.out()).containsExactly("all SUCCEEDED after 2:10");
        assertThat(ended.err().get(1))
                .startsWith("AWS does not answer for now, asking again: AWS throttles GetExecutionHistory");
        assertThat(ended.err().stream().filter(line -> line.startsWith("AWS"))).hasSize(1);
    }

    @Test
    void outlastsErrorsOfAGatewayAndDroppedConnections() {
        machines().start("all");
        runner().simulator()
                .fail(
                        "GetExecutionHistory",
                        5,
                        new StepFunctionsSimulator.Fault(502, null, "<html>Bad Gateway</html>"));
        runner().simulator().fail("GetExecutionHistory", 5, StepFunctionsSimulator.Fault.DROPPED_CONNECTION);

        CommandLineRunner.Ended ended = run("follow");

        assertThat(ended.out()).containsExactly("all SUCCEEDED after 2:10");
        assertThat(ended.err().get(1))
                .startsWith("AWS does not answer for now, asking again: Step Functions at ")
                .endsWith("gave no valid answer to GetExecutionHistory (HTTP status 502)");
        assertThat(ended.err().stream().filter(line -> line.startsWith("AWS"))).hasSize(1);
    }

    @Test
    void givesUpInTheEndWhereAwsDoesNotAnswerAnyMore() {
        machines().start("all");
        runner().simulator().fail("GetExecutionHistory", 1000, StepFunctionsSimulator.Fault.DROPPED_CONNECTION);

        assertThat(fail(AWS_FAILED, "follow"))
                .endsWith("  all goes on without this command. To follow it again: bin/executions follow all");
    }

    @Test
    void tellsHowAnExecutionFailedWhereAwsDoesNotAnswerAtTheEnd() {
        machines().script("all", Script.failingInSilver("check failed: rows"), Script.goingOnInSilver());
        machines().start("all");
        runner().simulator().fail("DescribeExecution", 1, StepFunctionsSimulator.Fault.NONE);
        runner().simulator().fail("DescribeExecution", 100, StepFunctionsSimulator.Fault.DROPPED_CONNECTION);

        assertThat(fail(EXECUTION_FAILED, "follow"))
                .contains("    check failed: rows")
                .endsWith("  When the cause is fixed, go on where it failed: bin/executions redrive all --follow");
    }

    @Test
    void endsWhenCredentialsExpireAndSaysThatTheExecutionGoesOn() {
        machines().start("all");
        runner().simulator()
                .fail(
                        "GetExecutionHistory",
                        1,
                        new StepFunctionsSimulator.Fault(
                                400, "ExpiredTokenException", "The security token is expired"));

        assertThat(fail(AWS_FAILED, "follow"))
                .endsWith(
                        "error AWS does not accept the credentials (ExpiredTokenException: The security token is expired)",
                        "  Sign in again (aws sso login, or new access keys), or name another --profile.",
                        "  all goes on without this command. To follow it again: bin/executions follow all");
    }

    @Test
    void saysThatThereIsNoSuchExecution() {
        assertThat(fail(BAD_ARGUMENTS, "follow"))
                .containsExactly(
                        "error retail-lakehouse-pipeline has no execution yet",
                        "  Start one: bin/executions start --all --follow");
        assertThat(fail(BAD_ARGUMENTS, "follow", "2015-01"))
                .containsExactly(
                        "error there is no execution '2015-01' of "
                                + SimulatedStateMachines.arn("retail-lakehouse-pipeline")
                                + " (AWS forgets them 90 days after their end)",
                        "  Those there are: bin/executions list");
    }

    private long histories() {
        return runner().simulator().operations().stream()
                .filter("GetExecutionHistory"::equals)
                .count();
    }

    private static String run(String beginning, String job, int number) {
        return beginning + "Glue run jr_" + number + " of retail-lakehouse-" + job + "  "
                + String.format(GLUE, job, number);
    }

    private static void refusesItsInput(History history, long start) {
        long state = history.add(
                start,
                "FailStateEntered",
                "stateEnteredEventDetails",
                Map.of("name", "Refuse the input", "input", "{}"));
        history.failExecution(state, "InvalidInput", "from is x; a month is written like 2015-01");
    }

    private static void failsToEvaluate(History history, long start) {
        long state = history.enter(start, "Task", "BuildPurchases", "{}");
        long failed = history.add(
                state,
                "EvaluationFailed",
                "evaluationFailedEventDetails",
                Map.of(
                        "error",
                        "States.QueryEvaluationError",
                        "cause",
                        "T2001",
                        "location",
                        "Arguments",
                        "state",
                        "BuildPurchases"));
        history.failExecution(failed, "States.QueryEvaluationError", "T2001");
    }
}
