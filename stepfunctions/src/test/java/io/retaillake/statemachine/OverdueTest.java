package io.retaillake.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The check for overdue runs fails where none that began in time has succeeded; a failed one notifies. */
class OverdueTest {

    private static final Instant NOW = Instant.parse("2016-01-15T20:00:00Z");

    @Test
    void isContentWithARunThatBeganInTime() {
        assertThat(check("2016-01-15T15:00:00.250Z", "2015-12-15T16:00:00Z")).isInstanceOf(Succeeded.class);
    }

    @Test
    void failsWhereOnlyTheMonthBeforeSucceeded() {
        assertThat(check("2015-12-15T16:00:00Z"))
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.error()).isEqualTo("Overdue");
                    assertThat(failed.cause()).contains("since 2016-01-15T15:00:00.000Z");
                });
    }

    @Test
    void failsWhereNothingEverSucceeded() {
        assertThat(check()).isInstanceOf(Failed.class);
    }

    @Test
    void outlastsAThrottledList() {
        Tasks throttledOnce = new Tasks() {
            private int calls;

            @Override
            public Reply call(String resource, Map<String, Object> arguments, Instant now) {
                return calls++ == 0
                        ? new Failure("Sfn.ThrottlingException", "Rate exceeded", Duration.ZERO)
                        : list("2016-01-15T16:00:00Z");
            }
        };

        assertThat(Machines.overdue(throttledOnce, NOW).start()).isInstanceOf(Succeeded.class);
    }

    private static Outcome check(String... starts) {
        return Machines.overdue((resource, arguments, now) -> list(starts), NOW).start();
    }

    private static Tasks.Result list(String... starts) {
        List<Map<String, String>> executions =
                Stream.of(starts).map(start -> Map.of("StartDate", start)).toList();
        return new Tasks.Result(Map.of("Executions", executions), Duration.ofSeconds(1));
    }
}
