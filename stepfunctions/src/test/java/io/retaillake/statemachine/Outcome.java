package io.retaillake.statemachine;

import java.time.Instant;
import java.util.List;

/** How an execution, a branch or an iteration ended. */
sealed interface Outcome {

    Instant end();

    /** Every attempt at a task, in the order of their starts. */
    List<TaskCall> calls();

    record Succeeded(Object output, Instant end, List<TaskCall> calls) implements Outcome {}

    /**
     * It failed.
     *
     * @param position where a redrive goes on
     */
    record Failed(String error, String cause, Position position, Instant end, List<TaskCall> calls)
            implements Outcome {}
}
