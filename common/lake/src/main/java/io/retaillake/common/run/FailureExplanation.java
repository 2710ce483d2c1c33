package io.retaillake.common.run;

import io.retaillake.common.job.AwsFailure;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.NativeLibraryFailure;
import io.retaillake.common.lake.DamagedCatalog;
import io.retaillake.common.lake.DamagedTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Explains failures that were not expected where they happened. */
public final class FailureExplanation {

    private static final List<String> DISK_FULL = List.of("No space left on device", "Disk quota exceeded");

    private FailureExplanation() {}

    /** {@code failure} as one that a person can act on: what failed, why, and what to do. */
    public static JobException of(String job, Throwable failure) {
        Optional<JobException> known = Failures.find(failure, JobException.class);
        if (known.isPresent()) {
            return known.get();
        }
        String repeat =
                "\nNo table was changed by what did not finish. Fix the cause, then repeat the run with the same --run-id.";
        Optional<JobException> memory = MemoryFailure.explain(job, failure, repeat);
        if (memory.isPresent()) {
            return memory.get();
        }
        Optional<JobException> library = NativeLibraryFailure.explain(job, failure);
        if (library.isPresent()) {
            return library.get();
        }
        Optional<JobException> damage = DamagedTable.explain(failure).or(() -> DamagedCatalog.explain(failure));
        if (damage.isPresent()) {
            return damage.get();
        }
        Optional<JobException> aws = AwsFailure.explain(job, failure, repeat);
        if (aws.isPresent()) {
            return aws.get();
        }
        Optional<SQLException> sql = Failures.find(failure, SQLException.class);
        if (sql.isPresent()) {
            return JobException.outsideSystem(
                    job + " failed in a database (SQLState " + sql.get().getSQLState() + "): "
                            + sql.get().getMessage() + repeat,
                    failure);
        }
        Optional<String> diskFull = Failures.causes(failure)
                .filter(IOException.class::isInstance)
                .map(cause -> String.valueOf(cause.getMessage()))
                .filter(message -> DISK_FULL.stream().anyMatch(message::contains))
                .findFirst();
        if (diskFull.isPresent()) {
            return JobException.outsideSystem(
                    job + " could not write, because a disk is full or its quota is used up: "
                            + diskFull.get()
                            + ".\nFree space where the lake is and where Spark keeps its temporary files (SPARK_LOCAL_DIRS)."
                            + repeat,
                    failure);
        }
        Optional<IOException> io = Failures.find(failure, IOException.class);
        if (io.isPresent()) {
            return JobException.outsideSystem(
                    job + " could not read or write: " + describe(io.get()) + repeat, failure);
        }
        return JobException.defect(
                job + " failed unexpectedly: " + describe(failure) + "\nThe log has the stack trace." + repeat,
                failure);
    }

    private static String describe(Throwable failure) {
        Throwable innermost =
                Failures.causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        return innermost == failure ? firstLine(failure) : firstLine(failure) + " (" + firstLine(innermost) + ")";
    }

    private static String firstLine(Throwable failure) {
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return failure.getClass().getSimpleName() + ": " + message;
    }
}
