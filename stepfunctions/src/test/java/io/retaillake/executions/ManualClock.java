package io.retaillake.executions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that stands still until it is moved on: waiting takes no time. */
final class ManualClock extends Clock {

    private Instant now = Instant.parse("2026-11-16T01:00:00Z");

    synchronized void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneId.of("Asia/Seoul");
    }

    @Override
    public synchronized Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
