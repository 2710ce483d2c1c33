package io.retaillake.local;

import java.util.List;

/** The database that the extraction jobs read. */
interface SourceDatabase extends AutoCloseable {

    /** Fills it if it has to be filled; returns how the jobs that did so ended. */
    List<JobOutcome> prepare(JobRunner runner) throws InterruptedException;

    /** The extraction jobs' options for connecting to it; they name no password. */
    List<String> readerOptions();

    /** What the person should know of it when the pipeline has ended. */
    String afterwards();

    /** How a person reaches it while it runs. */
    String whereabouts();

    /** Lets go of it. */
    @Override
    void close();
}
