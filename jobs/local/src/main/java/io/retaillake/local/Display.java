package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import java.util.List;

/** Shows a person what the jobs are doing. Methods may be called from several threads. */
interface Display extends AutoCloseable {

    /** These jobs are about to run, one after the other. */
    void planned(List<JobDefinition> jobs);

    void started(JobDefinition job);

    void progress(JobDefinition job, JobLine.Progress progress);

    void ended(JobOutcome outcome);

    /** Shows a line that stays. */
    void note(String line);

    /** Ends showing; what was shown stays. */
    @Override
    void close();
}
