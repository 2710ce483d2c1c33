package io.retaillake.events.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.retaillake.common.event.Event;
import io.retaillake.common.event.EventResult;
import io.retaillake.common.event.EventTransform;
import io.retaillake.common.event.PayloadSplitter;
import io.retaillake.common.event.Reject;
import io.retaillake.common.event.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventGeneratorTest {

    private static final Instant NOW = Instant.parse("2026-11-29T06:00:00Z");
    private static final Duration WATERMARK = Duration.ofMinutes(15);

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(events(7, 200, 0.2, 0.2)).isEqualTo(events(7, 200, 0.2, 0.2)).isNotEqualTo(events(8, 200, 0.2, 0.2));
    }

    @Test
    void everyPayloadIsJudgedAsItSays() {
        List<GeneratedEvent> events = events(1, 6_000, 0.5, 0.2);

        assertThat(events).allSatisfy(event -> {
            // As in a record of a stream, whose bytes may be several events.
            List<byte[]> pieces = PayloadSplitter.split((event.payload() + "\n").getBytes(StandardCharsets.UTF_8));
            assertThat(pieces).containsExactly(event.bytes());
            assertThat(reasons(transformed(event)))
                    .isEqualTo(event.rejectReason().map(Set::of).orElse(Set.of()));
        });
        assertThat(events.stream().map(GeneratedEvent::rejectReason).flatMap(Optional::stream))
                .as("each reason that there is")
                .contains(RejectReason.values());
    }

    @Test
    void sharesAreWhatWasAskedFor() {
        List<GeneratedEvent> events = events(2, 10_000, 0.25, 0.1);
        List<Event> accepted = accepted(events);

        assertThat(accepted.size()).isCloseTo(7_500, withinPercentage(5));
        assertThat(accepted.stream().filter(EventGeneratorTest::isLate).count()).isCloseTo(750, withinPercentage(15));
    }

    @Test
    void defectsChangeNothingInTheEventsThatAreLeft() {
        List<GeneratedEvent> sound = events(3, 500, 0, 0.3);
        List<GeneratedEvent> some = events(3, 500, 0.4, 0.3);

        List<Integer> left = IntStream.range(0, some.size())
                .filter(i -> some.get(i).rejectReason().isEmpty())
                .boxed()
                .toList();
        assertThat(left).hasSizeBetween(250, 350);
        assertThat(left).allSatisfy(i -> assertThat(some.get(i)).isEqualTo(sound.get(i)));
    }

    @Test
    void validEventsVaryAndAreOfTheLastTwoSeconds() {
        List<GeneratedEvent> events = events(4, 2_000, 0, 0);
        List<Event> accepted = accepted(events);

        assertThat(accepted).hasSize(2_000).allSatisfy(event -> {
            assertThat(event.timestamp()).isBetween(NOW.minusSeconds(2), NOW);
            assertThat(event.notes()).as("values that can't be used").isEmpty();
        });
        assertThat(accepted.stream().map(Event::timestamp).distinct().count()).isGreaterThan(500);
        assertSomeButFew(accepted, event -> event.eventType().equals("unknown"));
        assertSomeButFew(accepted, event -> event.userId() == null);
        assertSomeButFew(accepted, event -> event.ipAddress() == null);
        assertSomeButFew(accepted, event -> event.statusCode() == null);
        assertSomeButFew(accepted, event -> event.responseSize() == null);
        assertSomeButFew(accepted, event -> event.path() == null);
        assertSomeButFew(events, event -> event.payload().contains(":null"));
        assertThat(events.stream()
                        .filter(event -> event.payload().contains("\"status_code\":\""))
                        .count())
                .isCloseTo(200, withinPercentage(30));
    }

    @Test
    void thePartitionKeyIsTheUser() {
        assertThat(events(5, 500, 0, 0))
                .allSatisfy(event -> assertThat(transformed(event))
                        .isInstanceOfSatisfying(
                                Event.class, valid -> assertThat(valid.userId()).isIn(null, event.partitionKey())));
    }

    private static <T> void assertSomeButFew(List<T> all, Predicate<T> which) {
        assertThat(all.stream().filter(which).count()).isBetween(1L, all.size() / 10L);
    }

    private static List<Event> accepted(List<GeneratedEvent> events) {
        return events.stream()
                .map(EventGeneratorTest::transformed)
                .filter(Event.class::isInstance)
                .map(Event.class::cast)
                .toList();
    }

    private static boolean isLate(Event event) {
        return event.timestamp().isBefore(NOW.minus(WATERMARK));
    }

    private static EventResult transformed(GeneratedEvent event) {
        return EventTransform.transform(event.bytes(), NOW, NOW);
    }

    private static Set<RejectReason> reasons(EventResult result) {
        return result instanceof Reject reject ? reject.reasons().stream().collect(Collectors.toSet()) : Set.of();
    }

    private static List<GeneratedEvent> events(long seed, int count, double defectShare, double lateShare) {
        EventGenerator generator = new EventGenerator(seed, defectShare, lateShare);
        return Stream.generate(() -> generator.next(NOW)).limit(count).toList();
    }
}
