package io.retaillake.executions;

import java.util.Locale;

/** How far a state of an execution is. */
enum StepStatus {
    RUNNING,
    SUCCEEDED,
    /** Failed for good, or a retry follows. */
    FAILED,
    /** Cut off by a failure elsewhere, a stop, or the execution's time limit. */
    ABORTED;

    /** As people read it. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
