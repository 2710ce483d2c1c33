package io.retaillake.events.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.events.generator.EventGenerator;
import io.retaillake.events.generator.GeneratedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SendingTest {

    private static final Pace AN_HOUR_BETWEEN_BATCHES = Pace.batchPause(Duration.ofHours(1));

    private final StopRequest stop = new StopRequest();
    private final List<Integer> batches = new ArrayList<>();

    @Test
    void sendsAllInBatchesOfWhichTheLastMayBeSmaller() {
        SendTotals totals = sending(60, Pace.UNLIMITED).run(this::take, stop, line -> {});

        assertThat(batches).containsExactly(25, 25, 10);
        assertThat(totals.line("x")).isEqualTo("sent 60, repeated 0, failed 0 to x");
    }

    @Test
    void aStopEndsItBetweenBatches() {
        SendTotals totals = sending(200, AN_HOUR_BETWEEN_BATCHES)
                .run(
                        (events, sent) -> {
                            stop.request();
                            take(events, sent);
                        },
                        stop,
                        line -> {});

        assertThat(totals.line("x")).isEqualTo("sent 25, repeated 0, failed 0 to x");
    }

    @Test
    void anInterruptionEndsItBetweenBatchesAndIsKept() {
        Thread.currentThread().interrupt();

        SendTotals totals = sending(200, AN_HOUR_BETWEEN_BATCHES).run(this::take, stop, line -> {});

        assertThat(Thread.interrupted()).isTrue();
        assertThat(totals.sent()).isEqualTo(25);
    }

    @Test
    void goesOnAfterABatchOfWhichSomeWereTakenAndEndsAfterOneOfWhichNone() {
        SendTotals totals = sending(200, Pace.UNLIMITED)
                .run(
                        (events, sent) -> {
                            batches.add(events.size());
                            int taken = batches.size() < 3 ? 10 : 0;
                            sent.sent(events.subList(0, taken));
                            sent.failed("Busy", events.size() - taken, "Wait.");
                        },
                        stop,
                        line -> {});

        assertThat(totals.line("x")).isEqualTo("sent 20, repeated 0, failed 55 to x");
        assertThat(totals.failure("x").orElseThrow().problems())
                .containsExactly("55 events were not taken by x: Busy\nWait.");
    }

    @Test
    void aRateHoldsOnTheAverageSinceTheFirstBatch() {
        Pace rate = Pace.rate(50);

        assertThat(rate.pause(25, Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(400));
        assertThat(rate.pause(50, Duration.ofMillis(1_500))).isZero();
        assertThat(rate.pause(100, Duration.ofMillis(1_700))).isEqualTo(Duration.ofMillis(300));
    }

    @Test
    void whatIsExpectedCountsWhatWasTaken() {
        SendTotals totals = new SendTotals();
        EventGenerator generator = new EventGenerator(1, 1, 0);
        GeneratedEvent first = generator.next(Instant.EPOCH);
        totals.sent(List.of(first, first));
        totals.failed("Busy", 1, "Wait.");

        String reason = first.rejectReason().orElseThrow().name();
        assertThat(String.join("\n", totals.expectations()))
                .matches("(?s).*3 rejects by reason  " + reason
                        + " +2\n4 payloads +accepted +0\n4 payloads +rejected +2");
    }

    private Sending sending(long count, Pace pace) {
        return new Sending(new EventGenerator(1, 0, 0), count, 25, pace);
    }

    private void take(List<GeneratedEvent> events, SendTotals totals) {
        batches.add(events.size());
        totals.sent(events);
    }
}
