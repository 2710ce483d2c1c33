package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StartCommandTest extends CommandTest {

    private static final Duration UNTIL_ITS_END = Duration.ofMinutes(10);

    @Test
    void startsAMonthAndSaysHowToFollowIt() {
        assertThat(succeed("start", "--from", "2015-01", "--to", "2015-01"))
                .containsExactly("started 2015-01  [console]:2015-01", "follow it: bin/executions follow 2015-01");
        assertThat(machines().execution("2015-01").input()).isEqualTo("{\"from\": \"2015-01\", \"to\": \"2015-01\"}");
    }

    @Test
    void startsSeveralMonthsInOneExecution() {
        succeed("start", "--from=2015-01", "--to=2015-03");

        assertThat(machines().execution("2015-01_2015-03").input())
                .isEqualTo("{\"from\": \"2015-01\", \"to\": \"2015-03\"}");
    }

    @Test
    void startsEverything() {
        succeed("start", "--all");

        assertThat(machines().execution("all").input()).isEqualTo("{\"window\": \"all\"}");
    }

    @Test
    void followsWhatItStarted() {
        assertThat(succeed("start", "--all", "--follow"))
                .containsExactly("started all  [console]:all", "all SUCCEEDED after 2:10");
    }

    @Test
    void refusesWhileAnotherExecutionRuns() {
        succeed("start", "--all");

        assertThat(fail(AWS_FAILED, "start", "--from", "2015-01", "--to", "2015-01"))
                .containsExactly(
                        "error all is running, and two executions would get in each other's way",
                        "  Wait for its end: bin/executions follow all",
                        "  or end it: bin/executions stop all");
        assertThat(machines().executionNames()).containsExactly("all");
    }

    @Test
    void saysThatTheSameWindowIsRunningAlready() {
        machines().start("2015-01-r2");

        assertThat(succeed("start", "--from", "2015-01", "--to", "2015-01"))
                .containsExactly("2015-01-r2 is already running", "follow it: bin/executions follow 2015-01-r2");
        assertThat(fail(AWS_FAILED, "start", "--from", "2015-01", "--to", "2015-01", "--again"))
                .first()
                .asString()
                .startsWith("error 2015-01-r2 is running");
    }

    @Test
    void saysWhatBecameOfAnExecutionWhoseNameIsTaken() {
        machines().start("2015-01");
        runner().wait(UNTIL_ITS_END);

        assertThat(fail(BAD_ARGUMENTS, "start", "--from", "2015-01", "--to", "2015-01"))
                .containsExactly(
                        "error 2015-01 has been started before: SUCCEEDED",
                        "  Run it again: bin/executions start --from 2015-01 --to 2015-01 --again");
    }

    @Test
    void proposesARedriveWhereAnExecutionFailed() {
        machines().script("all", Script.failingInSilver("no"), Script.goingOnInSilver());
        machines().start("all");
        runner().wait(UNTIL_ITS_END);

        assertThat(fail(BAD_ARGUMENTS, "start", "--all"))
                .containsExactly(
                        "error all has been started before: FAILED",
                        "  Go on where it failed: bin/executions redrive all",
                        "  Run it again: bin/executions start --all --again");
    }

    @Test
    void runsAWindowAgainUnderTheNextName() {
        machines().start("2015-01");
        machines().start("2015-01-r2");
        machines().start("2015-02-r9");
        runner().wait(UNTIL_ITS_END);
        machines().mostPerPage(1);

        assertThat(succeed("start", "--from", "2015-01", "--to", "2015-01", "--again"))
                .first()
                .isEqualTo("started 2015-01-r3  [console]:2015-01-r3");
    }

    @Test
    void passesOverNamesThatAwsRefusesButNoLongerLists() {
        machines().start("all").forget();
        machines().start("all-r2").forget();
        runner().wait(UNTIL_ITS_END);

        assertThat(succeed("start", "--all", "--again")).first().isEqualTo("started all-r3  [console]:all-r3");
        runner().wait(UNTIL_ITS_END);
        assertThat(fail(BAD_ARGUMENTS, "start", "--all"))
                .first()
                .isEqualTo("error all has been started before; AWS refuses its name for 90 days after its end");
    }

    @Test
    void namesEverythingThatIsWrongBeforeAskingAws() {
        assertThat(fail(BAD_ARGUMENTS, "start", "--from", "2015-13", "--agian", "--state-machine", "arn:x"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("error unknown option --agian; did you mean --again?"),
                        line -> assertThat(line).startsWith("error --state-machine is 'arn:x'; give a name, or an ARN"),
                        line -> assertThat(line).isEqualTo("error --from is '2015-13'; give a month like 2015-03"),
                        line -> assertThat(line).isEqualTo("error --from and --to go together; only --from is given"));
        assertThat(fail(BAD_ARGUMENTS, "start")).containsExactly("error give --from and --to, or --all");
        assertThat(fail(BAD_ARGUMENTS, "start", "--all", "--from", "2015-02", "--to", "2015-01"))
                .containsExactly(
                        "error --from 2015-02 is after --to 2015-01; swap them",
                        "error give either --all or --from and --to");
        assertThat(runner().simulator().operations()).isEmpty();
    }
}
