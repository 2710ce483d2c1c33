package io.retaillake.statemachine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The services that tasks call. */
@FunctionalInterface
interface Tasks {

    /**
     * Carries a task out.
     *
     * @param now the time on the machine's virtual clock
     */
    Reply call(String resource, Map<String, Object> arguments, Instant now);

    /** How a task ended. */
    sealed interface Reply {

        /** How long it took. */
        Duration duration();
    }

    /** What the task's caller gets. */
    record Result(Object value, Duration duration) implements Reply {}

    /** The error that the task's caller gets. */
    record Failure(String error, String cause, Duration duration) implements Reply {}
}
