package io.retaillake.local;

/** When something ends, of which estimates say different things from one second to the next: what is told follows them by and by. */
final class SteadyEnd {

    private static final double NANOS_PER_SECOND = 1e9;

    /** How long it takes to follow. */
    private static final double FOLLOW_NANOS = 15 * NANOS_PER_SECOND;

    private boolean isKnown;
    private double endNanos;
    private long toldNanos;

    /** The seconds to tell now, when an estimate says that so many are left. */
    long secondsLeft(long estimatedSeconds, long nowNanos) {
        double estimatedEndNanos = nowNanos + estimatedSeconds * NANOS_PER_SECOND;
        double part = isKnown ? Math.min(1, (nowNanos - toldNanos) / FOLLOW_NANOS) : 1;
        endNanos += part * (estimatedEndNanos - endNanos);
        isKnown = true;
        toldNanos = nowNanos;
        return Math.max(0, Math.round((endNanos - nowNanos) / NANOS_PER_SECOND));
    }
}
