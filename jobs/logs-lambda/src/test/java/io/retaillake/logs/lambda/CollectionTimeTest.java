package io.retaillake.logs.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** From when to when a call collects, whenever in its minute it was started. */
class CollectionTimeTest {

    private static final Instant MINUTE = Instant.parse("2026-11-29T10:03:00Z");
    private static final Duration TIMEOUT = Duration.ofSeconds(170);

    @Test
    void waitsForTheFifthSecondWhereItIsStartedOnTheMinute() {
        CollectionTime time = CollectionTime.of(MINUTE, MINUTE.plusMillis(200), TIMEOUT);

        assertThat(time.since()).isEqualTo("2026-11-29T10:03:05Z");
        assertThat(time.until()).isEqualTo("2026-11-29T10:05:10.200Z");
    }

    @Test
    void countsWhatAnotherHasBroughtSinceWhereItIsStartedLate() {
        CollectionTime time = CollectionTime.of(MINUTE, MINUTE.plusSeconds(50), TIMEOUT);

        assertThat(time.since()).isEqualTo("2026-11-29T10:03:05Z");
        assertThat(time.until()).isEqualTo("2026-11-29T10:06:00Z");
    }

    @Test
    void asksOnceHoweverLittleTimeThereIs() {
        Instant began = MINUTE.plusSeconds(30);

        assertThat(CollectionTime.of(MINUTE, began, Duration.ofSeconds(10)).until())
                .isEqualTo(began);
    }

    @Test
    void waitsForNoTimeThatIsBeyondTheCall() {
        CollectionTime time = CollectionTime.of(MINUTE.plusSeconds(86_400), MINUTE, TIMEOUT);

        assertThat(time.since()).isEqualTo(time.until()).isEqualTo(MINUTE.plusSeconds(130));
    }
}
