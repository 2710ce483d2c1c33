package io.retaillake.events.send;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How fast batches follow each other. */
@FunctionalInterface
public interface Pace {

    /** As fast as they are taken. */
    Pace UNLIMITED = (events, elapsed) -> Duration.ZERO;

    /**
     * How long to wait before the next batch.
     *
     * @param events how many were sent so far
     * @param elapsed since the first
     */
    Duration pause(long events, Duration elapsed);

    /** So many events a second at most, on the average since the first. */
    static Pace rate(double eventsPerSecond) {
        return (events, elapsed) -> {
            Duration due = Duration.ofNanos((long) (events / eventsPerSecond * TimeUnit.SECONDS.toNanos(1)));
            return due.compareTo(elapsed) > 0 ? due.minus(elapsed) : Duration.ZERO;
        };
    }

    /** The same pause after each batch. */
    static Pace batchPause(Duration pause) {
        return (events, elapsed) -> pause;
    }
}
