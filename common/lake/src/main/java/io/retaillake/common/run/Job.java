package io.retaillake.common.run;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;

/**
 * A job: a picocli command whose options become immutable arguments in {@link #prepare}. {@link JobMain} runs it, from
 * {@code main} and from tests alike.
 */
public interface Job {

    /**
     * Validates the options and binds the job to them, touching nothing outside the process.
     *
     * @param problems gets everything that is wrong with the options; if it is not empty, the result is ignored
     * @return the work to do
     */
    Work prepare(Problems problems);

    /** A job's name, as in the record of runs. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** A job with its arguments. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @throws JobException a failure that a person can act on
         */
        void run(Progress progress);
    }
}
