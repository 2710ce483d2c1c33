package io.retaillake.local;

/** When something ends, of which estimates say different things from one second to the next: what is told follows them by and by. */
final class SteadyEnd {

    private static final double NANOS_PER_SECOND = 1e9;

    /** How long it takes to follow. Good news comes sooner: nobody minds. */
    private static final double FOLLOW_LATER_END_NANOS = 15 * NANOS_PER_SECOND;

    private static final double FOLLOW_SOONER_END_NANOS = 3 * NANOS_PER_SECOND;

    private boolean isKnown;
    private double endNanos;
    private long toldNanos;

    /** The seconds to tell now, when an estimate says that so many are left. */
    long secondsLeft(long estimatedSeconds, long nowNanos) {
        double estimatedEndNanos = nowNanos + estimatedSeconds * NANOS_PER_SECOND;
        double followNanos = estimatedEndNanos < endNanos ? FOLLOW_SOONER_END_NANOS : FOLLOW_LATER_END_NANOS;
        double part = isKnown ? Math.min(1, (nowNanos - toldNanos) / followNanos) : 1;
        endNanos += part * (estimatedEndNanos - endNanos);
        isKnown = true;
        toldNanos = nowNanos;
        return Math.max(0, Math.round((endNanos - nowNanos) / NANOS_PER_SECOND));
    }
}
