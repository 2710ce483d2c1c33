package io.retaillake.events.send;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks work that goes on to end at the next good moment, and wakes it if it pauses. */
final class StopRequest {

    private final CountDownLatch requested = new CountDownLatch(1);

    void request() {
        requested.countDown();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits so long, or until the stop is requested; that its thread is interrupted is such a request, too. */
    void pause(Duration longest) {
        try {
            requested.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            request();
        }
    }
}
