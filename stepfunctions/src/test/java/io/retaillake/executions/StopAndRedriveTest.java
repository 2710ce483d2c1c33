package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopAndRedriveTest extends CommandTest {

    private static final Duration UNTIL_ITS_END = Duration.ofMinutes(10);

    @Test
    void stopsWithAReason() {
        machines().start("2015-01");
        runner().wait(Duration.ofSeconds(10));

        assertThat(succeed("stop", "2015-01", "--reason", "wrong month"))
                .containsExactly("stopped 2015-01 (wrong month)", "take it up again: bin/executions redrive 2015-01");
        assertThat(machines().execution("2015-01").status()).isEqualTo("ABORTED");
    }

    @Test
    void stopsOnlyWhatRuns() {
        machines().start("2015-01");
        runner().wait(UNTIL_ITS_END);

        assertThat(fail(BAD_ARGUMENTS, "stop", "2015-01"))
                .containsExactly(
                        "error 2015-01 is not running: SUCCEEDED",
                        "  Running ones: bin/executions list --status RUNNING");
        assertThat(fail(BAD_ARGUMENTS, "stop", "2015-02")).first().asString().contains("no execution '2015-02'");
        assertThat(fail(BAD_ARGUMENTS, "stop")).first().asString().contains("NAME");
    }

    @Test
    void redrivesAndFollowsWhatGoesOn() {
        machines().script("2015-01", Script.failingInSilver("no"), Script.goingOnInSilver());
        machines().start("2015-01");
        runner().wait(UNTIL_ITS_END);

        CommandLineRunner.Ended ended = run("redrive", "2015-01", "--follow");

        assertThat(ended.out()).containsExactly("redriven 2015-01  [console]:2015-01", "2015-01 SUCCEEDED after 11:30");
        assertThat(ended.err())
                .containsSubsequence(
                        "    1:45  BuildPurchases: attempt 2 failed: States.TaskFailed: no",
                        "   10:00  redriven",
                        "   10:00  BuildPurchases: attempt 3",
                        "   10:30  BuildPurchases: succeeded after 0:30");
        assertThat(succeed("start", "--from", "2015-02", "--to", "2015-02")).isNotEmpty();
    }

    @Test
    void keepsIterationsOfARedrivenMapApart() {
        machines().script("2015-01", Script.failingInGold(), Script.goingOnInGold());
        machines().start("2015-01");
        runner().wait(UNTIL_ITS_END);

        assertThat(run("redrive", "2015-01", "--follow").err())
                .containsSubsequence(
                        "    0:10  Build mart SalesByDatetime: attempt 1 failed: States.TaskFailed: check failed: rows",
                        "    0:10  Build mart SalesByProduct: aborted",
                        "    0:10  Gold: failed",
                        "   10:00  redriven",
                        "   10:00  Build mart SalesByProduct: attempt 2",
                        "   10:00  Build mart SalesByDatetime: attempt 2",
                        "   10:10  Build mart SalesByProduct: succeeded after 0:10",
                        "   10:20  Build mart SalesByDatetime: succeeded after 0:20",
                        "   10:20  Gold: succeeded after 0:20");
    }

    @Test
    void saysWhyAwsDoesNotRedrive() {
        machines().start("2015-01");
        machines().start("by-hand").refuseRedrive("The redrivable period of 14 days is over");
        runner().wait(UNTIL_ITS_END);

        assertThat(fail(BAD_ARGUMENTS, "redrive", "2015-01"))
                .containsExactly(
                        "error 2015-01 (SUCCEEDED) can't be redriven: Execution is SUCCEEDED and cannot be redriven",
                        "  Run its window again: bin/executions start --from 2015-01 --to 2015-01 --again");
        assertThat(fail(BAD_ARGUMENTS, "redrive", "by-hand"))
                .containsExactly(
                        "error by-hand (SUCCEEDED) can't be redriven: The redrivable period of 14 days is over");
    }

    @Test
    void doesNotRedriveBesideAnotherExecution() {
        machines().script("2015-01", Script.failingInSilver("no"), Script.goingOnInSilver());
        machines().start("2015-01");
        runner().wait(UNTIL_ITS_END);
        machines().start("2015-02");

        assertThat(fail(AWS_FAILED, "redrive", "2015-01")).first().asString().startsWith("error 2015-02 is running");
        assertThat(machines().execution("2015-01").redrives()).isZero();
    }
}
