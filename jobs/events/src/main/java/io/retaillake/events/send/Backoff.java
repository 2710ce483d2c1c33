package io.retaillake.events.send;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: each is drawn from nothing up to a bound that doubles ("full jitter"), so that those who were refused together don't
 * come back together.
 *
 * @param attempts at most, the first one included
 * @param first the first pause's bound
 * @param longest what no bound exceeds
 * @param random draws the pauses
 * @param sleep waits
 */
record Backoff(int attempts, Duration first, Duration longest, RandomGenerator random, Consumer<Duration> sleep) {

    private static final int MOST_DOUBLINGS = 30;

    /** Eight attempts within some ten seconds: a shard or a delivery stream that is over its limit has another second's allowance several times. */
    static Backoff standard() {
        // Nobody asks this one to stop: what was begun is finished.
        StopRequest never = new StopRequest();
        return new Backoff(
                8, Duration.ofMillis(100), Duration.ofSeconds(5), RandomGenerator.getDefault(), never::pause);
    }

    /** Waits after a failed attempt, of which the first is 1. */
    void pause(int attempt) {
        sleep.accept(Duration.ofNanos(random.nextLong(bound(attempt).toNanos() + 1)));
    }

    /** The longest pause after this attempt. */
    Duration bound(int attempt) {
        Duration bound = first.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        return bound.compareTo(longest) > 0 ? longest : bound;
    }
}
