package io.retaillake.logs;

import java.time.Duration;

/**
 * How a collector behaves.
 *
 * @param pollEvery how long it waits before it asks again whether the records have changed
 * @param firstPause how long it waits after the first failure of the source; twice as long after each further one
 * @param longestPause how long at most, unless the source asks for more
 * @param timePerRecord how long reading one record may take
 * @param turnsKept how many turns stay in {@code turns/}
 */
public record CollectorSettings(
        Duration pollEvery, Duration firstPause, Duration longestPause, Duration timePerRecord, int turnsKept) {

    /** For a source that changes each few minutes. */
    public static final CollectorSettings DEFAULT = new CollectorSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(1), Turns.KEPT);
}
