package io.retaillake.logs;

import java.time.Duration;

/** How a program waits. */
public interface Waiting {

    /** Returns after this time. */
    void sleep(Duration time) throws InterruptedException;

    /** Really. */
    static Waiting real() {
        return time -> Thread.sleep(time.toMillis());
    }
}
