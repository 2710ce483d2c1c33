package io.retaillake.local;

/** Shows a person what the jobs are doing. Methods may be called from several threads. */
interface Display extends AutoCloseable {

    void started(Job job);

    void progress(Job job, JobLine.Progress progress);

    void ended(JobOutcome outcome);

    /** Shows a line that stays. */
    void note(String line);

    /** Ends showing; what was shown stays. */
    @Override
    void close();
}
