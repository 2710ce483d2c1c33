package io.retaillake.local;

import java.util.List;

/**
 * A database that the person has and this project only reads.
 *
 * @param readerOptions as they were typed
 */
record OwnDatabase(List<String> readerOptions) implements SourceDatabase {

    @Override
    public List<JobOutcome> prepare(JobRunner runner) {
        return List.of();
    }

    @Override
    public String afterwards() {
        return "your own, only read";
    }

    @Override
    public String whereabouts() {
        return afterwards();
    }

    @Override
    public void close() {}
}
