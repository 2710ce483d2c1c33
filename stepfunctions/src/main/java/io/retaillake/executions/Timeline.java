package io.retaillake.executions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** What an execution's history tells, built up event by event. */
final class Timeline {

    private final Steps steps = new Steps();
    private long lastEventId;
    private ExecutionStatus status = ExecutionStatus.RUNNING;
    private Failure failure;
    private Instant started;
    private Instant ended;
    private int redrives;

    /** The latest event that was taken in; 0 before the first. */
    long lastEventId() {
        return lastEventId;
    }

    /** The execution's status as far as the history tells. */
    ExecutionStatus status() {
        return status;
    }

    /** How many redrives the history tells of. */
    int redrives() {
        return redrives;
    }

    /** Why the execution did not succeed. */
    Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** From the execution's start to {@code time}. */
    Duration since(Instant time) {
        return started == null ? Duration.ZERO : Duration.between(started, time);
    }

    /** From the execution's start until its end, or {@code now} if it has not ended. */
    Duration duration(Instant now) {
        return since(ended == null ? now : ended);
    }

    /** All states so far in the order they were entered, those inside a Parallel or Map behind it. */
    List<Step> steps() {
        return steps.all();
    }

    /** The states that failed and have none inside that did: where to look. */
    List<Step> failedSteps() {
        return steps.all().stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .filter(step -> step.children().stream().noneMatch(child -> child.status() == StepStatus.FAILED))
                .toList();
    }

    /**
     * Takes in the next event.
     *
     * @return the state that it is about, if it is about one
     */
    Optional<Step> accept(HistoryEvent event) {
        lastEventId = event.id();
        switch (event.type()) {
            case EXECUTION_STARTED -> started = event.timestamp();
            case EXECUTION_REDRIVEN -> {
                redrives++;
                steps.redriven(event.timestamp());
                status = ExecutionStatus.RUNNING;
                failure = null;
                ended = null;
            }
            case EXECUTION_SUCCEEDED -> end(ExecutionStatus.SUCCEEDED, event);
            case EXECUTION_FAILED -> end(ExecutionStatus.FAILED, event);
            case EXECUTION_TIMED_OUT -> end(ExecutionStatus.TIMED_OUT, event);
            case EXECUTION_ABORTED -> end(ExecutionStatus.ABORTED, event);
            default -> {
                return steps.accept(event);
            }
        }
        return Optional.empty();
    }

    private void end(ExecutionStatus how, HistoryEvent event) {
        status = how;
        ended = event.timestamp();
        failure = HistoryFailures.of(event).orElse(null);
        steps.all().stream()
                .filter(step -> step.status() == StepStatus.RUNNING)
                .forEach(step -> step.end(StepStatus.ABORTED, ended));
    }
}
