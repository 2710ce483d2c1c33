package io.retaillake.logs;

import io.retaillake.common.job.JobException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Turns at the clock's times: each third minute at second 5, for a period of three minutes and an offset of five seconds. A turn lasts until shortly
 * before the next. One that fails is told, and the next is tried.
 */
final class CollectorService {

    private static final long MILLIS_BEFORE_NEXT = 100;

    private final LogCollector collector;
    private final Duration every;
    private final Duration offset;
    private final Clock clock;
    private final Waiting waiting;

    CollectorService(LogCollector collector, Duration every, Duration offset, Clock clock, Waiting waiting) {
        this.collector = collector;
        this.every = every;
        this.offset = offset;
        this.clock = clock;
        this.waiting = waiting;
    }

    /** Runs until waiting is interrupted. The first turn begins at once, as one that is late. */
    void run(Consumer<TurnResult> results, Consumer<JobException> failures) throws InterruptedException {
        Instant scheduled = next(clock.instant()).minus(every);
        while (true) {
            Instant next = next(clock.instant());
            try {
                collector.collect(scheduled, next.minusMillis(MILLIS_BEFORE_NEXT), results);
            } catch (JobException e) {
                failures.accept(e);
            }
            scheduled = next;
            Duration rest = Duration.between(clock.instant(), scheduled);
            if (!rest.isNegative()) {
                waiting.sleep(rest);
            }
        }
    }

    /** The first time of a turn after {@code now}. */
    private Instant next(Instant now) {
        long period = every.toMillis();
        long shifted = now.toEpochMilli() - offset.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(shifted, period) * period + period + offset.toMillis());
    }
}
