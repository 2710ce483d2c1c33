package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ListCommandTest extends CommandTest {

    @Test
    void listsTheLatestFirstWithWhatOneWantsToKnow() {
        machines().script("2015-01_2015-03", Script.failingInSilver("no"), Script.goingOnInSilver());
        machines().start("2015-01_2015-03");
        runner().wait(Duration.ofMinutes(5));
        machines().execution("2015-01_2015-03").redrive(Script.goingOnInSilver());
        machines().start("8c3d2f1e-by-hand");
        runner().wait(Duration.ofHours(2));
        machines().start("all");
        runner().wait(Duration.ofSeconds(61));

        assertThat(succeed("list"))
                .containsExactly(
                        "name              months            status     started                     duration  redrives",
                        "all               all               RUNNING    2026-11-16 12:05:00 +09:00      1:01         0",
                        "8c3d2f1e-by-hand  -                 SUCCEEDED  2026-11-16 10:05:00 +09:00      2:10         0",
                        "2015-01_2015-03   2015-01..2015-03  SUCCEEDED  2026-11-16 10:00:00 +09:00      6:30         1");
        assertThat(succeed("list", "--status", "running"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("all ");
        machines().mostPerPage(1);
        assertThat(succeed("list", "--limit", "2")).hasSize(3);
    }

    @Test
    void printsOnlyTheHeadingWhereThereIsNone() {
        assertThat(succeed("list")).hasSize(1);
    }

    @Test
    void namesEveryWrongOption() {
        assertThat(fail(BAD_ARGUMENTS, "list", "--status", "DONE", "--limit", "0"))
                .containsExactly(
                        "error --status is 'DONE'; give RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED",
                        "error --limit is 0; give a number from 1 up");
    }
}
