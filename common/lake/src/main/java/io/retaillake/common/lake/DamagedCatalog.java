package io.retaillake.common.lake;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.util.List;
import java.util.Optional;

/** Tells what to do about a local catalog's file that is not what SQLite wrote. */
public final class DamagedCatalog {

    private static final List<String> SIGNS = List.of("[SQLITE_NOTADB", "[SQLITE_CORRUPT");

    private DamagedCatalog() {}

    /** The failure as one that a person can act on; none where no damaged catalog is among its causes. */
    public static Optional<JobException> explain(Throwable failure) {
        return explain("The file of the local catalog", failure);
    }

    /** The same of the catalog's {@code file}. */
    static Optional<JobException> explain(String file, Throwable failure) {
        return Failures.causes(failure)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> SIGNS.stream().anyMatch(message::contains))
                .findFirst()
                .map(message -> JobException.outsideSystem(
                        file + " is damaged, or is no catalog: " + message
                                + "\nNo table was changed by what did not finish. Name the right one (--catalog-file); or put"
                                + " the file back from a backup; or move it away (with the files -wal and -shm beside it)"
                                + " and register the tables again: CheckLake --restore. Then repeat the run with the same"
                                + " --run-id.",
                        failure));
    }
}
