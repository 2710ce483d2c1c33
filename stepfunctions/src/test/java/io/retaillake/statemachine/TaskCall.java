package io.retaillake.statemachine;

import java.time.Instant;
import java.util.Map;

/**
 * One attempt at a task.
 *
 * @param state the task state
 * @param resource what it called
 * @param arguments what it handed over
 * @param timeoutSeconds after which the attempt would have been given up
 * @param start when, on the machine's virtual clock
 * @param end when it ended, or was ended
 * @param error the error's name; empty if it succeeded
 */
record TaskCall(
        String state,
        String resource,
        Map<String, Object> arguments,
        long timeoutSeconds,
        Instant start,
        Instant end,
        String error) {

    static final String ABORTED = "aborted";

    /** The Glue job that it ran. */
    String jobName() {
        return (String) arguments.get("JobName");
    }

    /** What the job was told. */
    Map<String, Object> jobArguments() {
        return Json.object(arguments.get("Arguments"));
    }

    TaskCall abortedAt(Instant time) {
        return new TaskCall(state, resource, arguments, timeoutSeconds, start, time, ABORTED);
    }
}
