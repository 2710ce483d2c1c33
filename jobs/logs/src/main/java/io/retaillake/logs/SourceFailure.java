package io.retaillake.logs;

import java.time.Duration;

/** The source gave no answer that can be used. The message has no part of the answer, and of the URL no query. */
public final class SourceFailure extends Exception {

    private final boolean mayPass;
    private final Duration retryAfter;

    /**
     * A failure.
     *
     * @param mayPass whether asking again can help
     * @param retryAfter how long the source wants to be left alone; null if it doesn't say
     */
    public SourceFailure(String message, boolean mayPass, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.mayPass = mayPass;
        this.retryAfter = retryAfter;
    }

    boolean mayPass() {
        return mayPass;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
