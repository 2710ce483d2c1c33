package io.retaillake.streaming;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What a batch held.
 *
 * @param accepted events
 * @param rejected payloads that are none
 * @param reasons how many of those have each reason; one may have several
 * @param newestEvent when the newest event happened, or arrived if that was earlier: a producer's clock that is ahead moves no window;
 *     null without events
 * @param longestDelay the most time between an event and its arrival; zero without events
 */
record BatchCounts(
        long accepted, long rejected, SortedMap<String, Long> reasons, Instant newestEvent, Duration longestDelay) {

    /** Payloads, accepted or not. */
    long received() {
        return accepted + rejected;
    }
}
