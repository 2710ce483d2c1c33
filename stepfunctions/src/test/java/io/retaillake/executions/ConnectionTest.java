package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.executions.StepFunctionsSimulator.Fault;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest extends CommandTest {

    private static final int MORE_THAN_ANY_RETRY = 20;

    @Test
    void findsTheStateMachineByItsNameOnAnyPage() {
        machines().deployBefore("one", "two", "three");
        machines().mostPerPage(2);

        assertThat(succeed("list")).hasSize(1);
        assertThat(runner().simulator().operations())
                .containsExactly("ListStateMachines", "ListStateMachines", "ListExecutions");
    }

    @Test
    void takesTheStateMachineFromTheEnvironmentAndTheRegionFromItsArn() {
        String arn = SimulatedStateMachines.arn(SimulatedStateMachines.PIPELINE);
        runner().environment("RETAIL_LAKEHOUSE_STATE_MACHINE", arn);

        CommandLineRunner.Ended ended =
                runner().runExactly("list", "--endpoint", runner().simulator().endpoint());

        assertThat(ended.exitCode()).isZero();
        assertThat(runner().simulator().operations()).containsExactly("ListExecutions");
    }

    @Test
    void repeatsTheConnectionInCommandsToType() {
        assertThat(succeed("start", "--all", "--state-machine", SimulatedStateMachines.PIPELINE))
                .last()
                .isEqualTo("follow it: bin/executions follow all --state-machine retail-lakehouse-pipeline");
    }

    @Test
    void saysThatThereIsNoSuchStateMachine() {
        assertThat(fail(BAD_ARGUMENTS, "list", "--state-machine", "retail-lakehouse-pipelin"))
                .containsExactly(
                        "error there is no state machine 'retail-lakehouse-pipelin' in this account and region; did you"
                                + " mean retail-lakehouse-pipeline?",
                        "  Give --state-machine and --region, or deploy it with bin/deploy.");
        machines().undeploy();
        assertThat(fail(
                        AWS_FAILED,
                        "list",
                        "--state-machine",
                        SimulatedStateMachines.arn(SimulatedStateMachines.PIPELINE)))
                .first()
                .asString()
                .startsWith("error Step Functions refuses ListExecutions (StateMachineDoesNotExist: ");
    }

    @Test
    void namesTheActionThatIsDenied() {
        runner().simulator()
                .fail("StartExecution", 1, new Fault(400, "AccessDeniedException", "User is not authorized"));

        assertThat(fail(AWS_FAILED, "start", "--all"))
                .containsExactly(
                        "error AWS denies StartExecution (AccessDeniedException: User is not authorized)",
                        "  The role or user needs the IAM action states:StartExecution on the state machine and its"
                                + " executions; --profile chooses another one.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException"})
    void saysThatCredentialsAreNoLongerGood(String type) {
        runner().simulator().fail("ListStateMachines", 1, new Fault(400, type, "no"));

        assertThat(fail(AWS_FAILED, "list"))
                .containsExactly(
                        "error AWS does not accept the credentials (" + type + ": no)",
                        "  Sign in again (aws sso login, or new access keys), or name another --profile.");
    }

    @Test
    void retriesWhatIsThrottledAndGivesUpInTheEnd() {
        Fault throttled = new Fault(400, "ThrottlingException", "Rate exceeded");
        runner().simulator().fail("ListExecutions", 2, throttled);
        assertThat(succeed("list")).hasSize(1);

        runner().simulator().fail("ListExecutions", MORE_THAN_ANY_RETRY, throttled);
        assertThat(fail(AWS_FAILED, "list"))
                .containsExactly(
                        "error AWS throttles ListExecutions, also after several attempts (ThrottlingException: Rate"
                                + " exceeded)",
                        "  Wait some minutes, then type the same again.");
    }

    @Test
    void tellsAFailureOfTheServiceFromARefusal() {
        runner().simulator().fail("ListExecutions", MORE_THAN_ANY_RETRY, new Fault(500, "InternalFailure", "oh"));

        assertThat(fail(AWS_FAILED, "list"))
                .first()
                .isEqualTo("error Step Functions failed at ListExecutions (InternalFailure: oh)");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 502})
    void saysThatAnErrorWithoutACodeIsNotStepFunctions(int status) {
        runner().simulator()
                .fail("ListExecutions", MORE_THAN_ANY_RETRY, new Fault(status, null, "<html>Bad Gateway</html>"));

        assertThat(fail(AWS_FAILED, "list"))
                .containsExactly(
                        "error Step Functions at " + runner().simulator().endpoint()
                                + " gave no valid answer to ListExecutions (HTTP status " + status + ")",
                        status == 502
                                ? "  Type the same again a little later. If it stays so, check --endpoint and --region, and whether"
                                        + " a proxy stands between."
                                : "  Check --endpoint and --region, and whether a proxy stands between.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>Sign in to the hotel's network</html>", "{\"executions\": 7}", "[]"})
    void saysThatAnAnswerIsNotStepFunctions(String body) {
        runner().simulator().fail("ListExecutions", MORE_THAN_ANY_RETRY, new Fault(200, null, body));

        List<String> message = fail(AWS_FAILED, "list");

        assertThat(message.get(0))
                .startsWith("error Step Functions at " + runner().simulator().endpoint()
                        + " gave no valid answer to ListExecutions");
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        CommandLineRunner.Ended ended =
                runner().runExactly("list", "--region", "eu-west-1", "--endpoint", "http://127.0.0.1:" + port);

        assertThat(ended.exitCode()).isEqualTo(AWS_FAILED);
        assertThat(ended.err())
                .containsExactly(
                        "error Step Functions at http://127.0.0.1:" + port
                                + " can't be reached for ListStateMachines (ConnectException: Connection refused)",
                        "  Check --region, --endpoint and the network.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host",
                "http://",
                "http://host:99999",
                "http://[::1",
                "http://-",
                "https://a b",
                "host:4566",
                ""
            })
    void refusesAnEndpointThatIsNoUrlBeforeAskingAnyone(String endpoint) {
        CommandLineRunner.Ended ended = runner().runExactly("list", "--region", "eu-west-1", "--endpoint=" + endpoint);

        assertThat(ended.exitCode()).isEqualTo(BAD_ARGUMENTS);
        assertThat(ended.err())
                .containsExactly("error --endpoint is '" + endpoint + "'; give a URL like http://localhost:4566");
    }

    @Test
    void repeatsNoPasswordThatIsInAnEndpoint() {
        CommandLineRunner.Ended ended =
                runner().runExactly("list", "--region", "eu-west-1", "--endpoint", "http://me:secret-word@127.0.0.1:1");

        assertThat(ended.exitCode()).isEqualTo(BAD_ARGUMENTS);
        assertThat(ended.err())
                .singleElement()
                .asString()
                .contains("--endpoint")
                .doesNotContain("secret-word");
    }

    @Test
    void refusesWhatIsNoRegionsNameBeforeAskingAnyone() {
        CommandLineRunner.Ended ended = runner().runExactly("list", "--region", "Seoul, Korea");

        assertThat(ended.exitCode()).isEqualTo(BAD_ARGUMENTS);
        assertThat(ended.err())
                .containsExactly("error --region is 'Seoul, Korea'; give a region's name like ap-northeast-2");
    }

    @Test
    void saysThatAProfileHasNoCredentials() {
        assertThat(fail(AWS_FAILED, "list", "--profile", "no-such-profile"))
                .first()
                .asString()
                .startsWith("error there are no usable AWS credentials (")
                .contains("no-such-profile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "follow", "list", "stop", "redrive", "backfill"})
    void explainsEverySubcommand(String subcommand) {
        assertThat(runner().runExactly(subcommand, "--help").out())
                .anySatisfy(line -> assertThat(line).startsWith("Usage: bin/executions " + subcommand))
                .anySatisfy(line -> assertThat(line).contains("--state-machine=ARN|NAME"));
    }
}
