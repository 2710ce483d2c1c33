package io.retaillake.logs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Time that passes when someone waits. */
final class TrialClock extends Clock implements Waiting {

    private Instant now;
    private Instant end = Instant.MAX;

    TrialClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration time) throws InterruptedException {
        now = now.plus(time);
        if (!now.isBefore(end)) {
            throw new InterruptedException("the trial has ended");
        }
    }

    /** Whoever waits from then on is interrupted. */
    synchronized void endAt(Instant newEnd) {
        end = newEnd;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
