package io.retaillake.logs.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.JobException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the function is called with, by a schedule or by a person. */
class ScheduledCallTest {

    private static final Instant NOW = Instant.parse("2026-11-29T10:04:17.5Z");

    @Test
    void saysForWhenItWasScheduled() {
        assertThat(time("{\"scheduledTime\": \"2026-11-29T10:03:00Z\"}")).isEqualTo("2026-11-29T10:03:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "\"now\"", "{\"key1\": \"value1\"}"})
    void isOfThisMinuteWithoutATime(String input) {
        assertThat(time(input)).isEqualTo("2026-11-29T10:04:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"scheduledTime\": \"<aws.scheduler.scheduled-time>\"}", "{\"scheduledTime\": 1}"})
    void isRefusedWithSomethingElseInItsPlace(String input) {
        assertThatThrownBy(() -> time(input))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("2026-11-29T10:03:00Z");
    }

    private static Instant time(String input) {
        return ScheduledCall.time(input.getBytes(StandardCharsets.UTF_8), NOW);
    }
}
