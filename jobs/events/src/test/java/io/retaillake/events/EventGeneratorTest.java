package io.retaillake.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.event.Event;
import io.retaillake.common.event.EventTransform;
import io.retaillake.common.event.Reject;
import io.retaillake.common.event.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {

    private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(texts(7)).isEqualTo(texts(7)).isNotEqualTo(texts(8));
    }

    @Test
    void withoutDefectsAllAreEvents() {
        assertThat(payloads(1, 0, 0))
                .allSatisfy(payload -> assertThat(EventTransform.transform(payload, NOW, NOW))
                        .isInstanceOfSatisfying(
                                Event.class,
                                event -> assertThat(event.timestamp()).isEqualTo(NOW)));
    }

    @Test
    void defectsAreNoEventsForManyReasons() {
        Set<RejectReason> reasons = EnumSet.noneOf(RejectReason.class);
        for (byte[] payload : payloads(1, 1, 0)) {
            assertThat(EventTransform.transform(payload, NOW, NOW))
                    .isInstanceOfSatisfying(Reject.class, reject -> reasons.addAll(reject.reasons()));
        }

        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        RejectReason.NOT_JSON,
                        RejectReason.NO_TIMESTAMP,
                        RejectReason.TIMESTAMP_TOO_OLD,
                        RejectReason.TIMESTAMP_IN_FUTURE,
                        RejectReason.REPEATED_FIELD,
                        RejectReason.IP_ADDRESS_NOT_TEXT);
    }

    @Test
    void lateOnesAreLaterThanTheWatermarkAllows() {
        assertThat(payloads(1, 0, 1))
                .allSatisfy(payload -> assertThat(EventTransform.transform(payload, NOW, NOW))
                        .isInstanceOfSatisfying(
                                Event.class,
                                event -> assertThat(event.timestamp()).isBefore(NOW.minus(Duration.ofMinutes(15)))));
    }

    private static List<String> texts(long seed) {
        return payloads(seed, 0.2, 0.2).stream()
                .map(payload -> new String(payload, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> payloads(long seed, double defectShare, double lateShare) {
        EventGenerator generator = new EventGenerator(seed, defectShare, lateShare);
        return Stream.generate(() -> generator.next(NOW)).limit(200).toList();
    }
}
