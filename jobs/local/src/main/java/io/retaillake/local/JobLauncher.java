package io.retaillake.local;

/** Makes the process that runs a job. */
@FunctionalInterface
interface JobLauncher {

    /** The process, not started. */
    ProcessBuilder process(JobRequest request);

    /** Called when a process has ended. */
    default void ended(JobOutcome outcome) {}
}
