package io.retaillake.logs.lambda;

import java.time.Duration;
import java.time.Instant;

/**
 * From when to when one call collects.
 *
 * @param since when it begins; what another collector has brought since then is this turn's
 * @param until when it stops waiting for the records to change
 */
record CollectionTime(Instant since, Instant until) {

    /** How long one answer of the source may take. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);

    /** Records are ready shortly after the minute, on which the schedule starts the function at the earliest. */
    private static final Duration OFFSET = Duration.ofSeconds(5);

    /** The last answer, and what is written then, must fit into what is left of the call. */
    private static final Duration RESERVE = ANSWER_TIMEOUT.multipliedBy(2);

    /**
     * Of a call that was scheduled for one time, began at another, and is ended by Lambda when {@code remaining} is over. However little
     * that is, there is time for one question.
     */
    static CollectionTime of(Instant scheduled, Instant began, Duration remaining) {
        Instant until = later(began, began.plus(remaining).minus(RESERVE));
        Instant since = scheduled.plus(OFFSET);
        return new CollectionTime(since.isAfter(until) ? until : since, until);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
