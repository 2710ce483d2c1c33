package io.retaillake.executions;

import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Reads the failures that a history's events tell of: each kind of event has error and cause elsewhere. */
final class HistoryFailures {

    private HistoryFailures() {}

    /** What went wrong, if {@code event} is one that says so. */
    static Optional<Failure> of(HistoryEvent event) {
        return Optional.ofNullable(
                switch (event.type()) {
                    case TASK_FAILED -> {
                        var details = event.taskFailedEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    case TASK_SUBMIT_FAILED -> {
                        var details = event.taskSubmitFailedEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    case TASK_START_FAILED -> {
                        var details = event.taskStartFailedEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    case TASK_TIMED_OUT -> {
                        var details = event.taskTimedOutEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    case EVALUATION_FAILED -> {
                        var details = event.evaluationFailedEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    case EXECUTION_FAILED -> {
                        var details = event.executionFailedEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    case EXECUTION_TIMED_OUT -> {
                        var details = event.executionTimedOutEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    case EXECUTION_ABORTED -> {
                        var details = event.executionAbortedEventDetails();
                        yield details == null ? unknown() : new Failure(details.error(), details.cause());
                    }
                    default -> null;
                });
    }

    private static Failure unknown() {
        return new Failure(null, null);
    }
}
