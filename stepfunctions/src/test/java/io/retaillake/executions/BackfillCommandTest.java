package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackfillCommandTest extends CommandTest {

    private static final Duration UNTIL_ITS_END = Duration.ofMinutes(10);

    @Test
    void runsOneMonthAfterTheOther() {
        assertThat(succeed("backfill", "--from", "2014-12", "--to", "2015-02"))
                .containsExactly(
                        "2014-12: started 2014-12",
                        "2014-12 SUCCEEDED after 2:10",
                        "2015-01: started 2015-01",
                        "2015-01 SUCCEEDED after 2:10",
                        "2015-02: started 2015-02",
                        "2015-02 SUCCEEDED after 2:10",
                        "all months from 2014-12 to 2015-02 are done");
    }

    @Test
    void skipsWhatIsDoneAndFollowsWhatRuns() {
        machines().script("2015-01", Script.failingInSilver("no"), Script.goingOnInSilver());
        machines().start("2015-01");
        runner().wait(UNTIL_ITS_END);
        machines().start("2015-01-r2");
        runner().wait(UNTIL_ITS_END);
        machines().start("2015-02");

        assertThat(succeed("backfill", "--from", "2015-01", "--to", "2015-02"))
                .containsExactly(
                        "2015-01: done already, by 2015-01-r2",
                        "2015-02: 2015-02 is already running",
                        "2015-02 SUCCEEDED after 2:10",
                        "all months from 2015-01 to 2015-02 are done");
    }

    @Test
    void stopsAtAFailureAndGoesOnByARedrive() {
        machines().script("2015-02", Script.failingInSilver("no"), Script.goingOnInSilver());

        CommandLineRunner.Ended ended = run("backfill", "--from", "2015-01", "--to", "2015-03");

        assertThat(ended.exitCode()).isEqualTo(EXECUTION_FAILED);
        assertThat(ended.out()).last().isEqualTo("2015-02: started 2015-02");
        assertThat(ended.err())
                .endsWith(
                        "  When the cause is fixed, go on where it failed: bin/executions redrive 2015-02 --follow",
                        "  Later months are not started. When it has succeeded: bin/executions backfill --from 2015-02"
                                + " --to 2015-03");
        assertThat(succeed("backfill", "--from", "2015-02", "--to", "2015-03"))
                .contains(
                        "2015-02: redriven 2015-02, which was FAILED",
                        "2015-03 SUCCEEDED after 2:10",
                        "all months from 2015-02 to 2015-03 are done");
    }

    @Test
    void runsAMonthAgainThatAwsNoLongerRedrives() {
        machines().script("2015-01", Script.failingInSilver("no"), Script.goingOnInSilver());
        machines().start("2015-01").refuseRedrive("too old");
        runner().wait(UNTIL_ITS_END);

        assertThat(succeed("backfill", "--from", "2015-01", "--to", "2015-01"))
                .startsWith("2015-01: started 2015-01-r2", "2015-01-r2 SUCCEEDED after 2:10");
    }

    @Test
    void doesNotStartBesideAnotherWindow() {
        machines().start("all");

        assertThat(fail(AWS_FAILED, "backfill", "--from", "2015-01", "--to", "2015-02"))
                .first()
                .asString()
                .startsWith("error all is running");
    }

    @Test
    void saysHowToGoOnWhenAwsStopsAnswering() {
        runner().simulator()
                .fail("GetExecutionHistory", 1, new StepFunctionsSimulator.Fault(400, "AccessDeniedException", "no"));

        assertThat(fail(AWS_FAILED, "backfill", "--from", "2015-01", "--to", "2015-02"))
                .last()
                .isEqualTo(
                        "  Later months are not started. To go on: bin/executions backfill --from 2015-01 --to 2015-02");
    }

    @Test
    void needsMonths() {
        assertThat(fail(BAD_ARGUMENTS, "backfill")).containsExactly("error give --from and --to");
    }
}
