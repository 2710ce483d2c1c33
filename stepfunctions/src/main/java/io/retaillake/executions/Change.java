package io.retaillake.executions;

import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * What an event changes, in one line.
 *
 * @param lasting whether it is worth keeping where a table shows the states anyway: links and failures
 */
record Change(String text, boolean lasting) {

    /** The change that {@code event} makes to {@code step}, which has taken it in; nothing if nobody needs to know. */
    static Optional<Change> of(HistoryEvent event, Step step, StateMachine machine) {
        return Optional.ofNullable(
                switch (event.type()) {
                    case TASK_STATE_ENTERED, PARALLEL_STATE_ENTERED, MAP_STATE_ENTERED, WAIT_STATE_ENTERED ->
                        passing(step.label() + ": started");
                    case TASK_SCHEDULED ->
                        step.attempts() > 1 ? passing(step.label() + ": attempt " + step.attempts()) : null;
                    case TASK_SUBMITTED ->
                        step.glueRun()
                                .map(run -> new Change(
                                        step.label() + ": Glue run " + run.id() + " of " + run.jobName() + "  "
                                                + machine.glueRunLink(run),
                                        true))
                                .orElse(null);
                    case TASK_FAILED, TASK_SUBMIT_FAILED, TASK_START_FAILED, TASK_TIMED_OUT, EVALUATION_FAILED ->
                        new Change(
                                step.label() + ": attempt " + Math.max(1, step.attempts()) + " failed: "
                                        + step.failure().map(Failure::inOneLine).orElse("no error given"),
                                true);
                    case TASK_STATE_EXITED, PARALLEL_STATE_EXITED, MAP_STATE_EXITED, WAIT_STATE_EXITED ->
                        passing(step.label() + ": succeeded after " + Durations.text(step.duration(event.timestamp())));
                    case TASK_STATE_ABORTED, PARALLEL_STATE_ABORTED, MAP_STATE_ABORTED, WAIT_STATE_ABORTED ->
                        passing(step.label() + ": aborted");
                    case PARALLEL_STATE_FAILED, MAP_STATE_FAILED -> passing(step.label() + ": failed");
                    default -> null;
                });
    }

    private static Change passing(String text) {
        return new Change(text, false);
    }
}
