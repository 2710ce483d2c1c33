package io.retaillake.local;

import java.util.List;

/** Makes the processes that run jobs. */
@FunctionalInterface
interface JobLauncher {

    /** The process, not started, that runs jobs one after the other. */
    ProcessBuilder process(List<JobRequest> requests);

    /** Called when a process has run all its jobs without a failure. */
    default void endedWell() {}
}
