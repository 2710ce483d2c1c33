package io.retaillake.common.run;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;

/** Explains failures for want of memory: in this process, of an executor, or already when Spark looked at its heap. */
final class MemoryFailure {

    private static final Pattern LOST_EXECUTOR =
            Pattern.compile("ExecutorLostFailure \\(executor (\\S+) [^)]*\\) Reason: ([^\\n]*)");

    /** Spark's {@code UnifiedMemoryManager} says so of a driver's heap, and of an executor's. */
    private static final Pattern TOO_SMALL = Pattern.compile("(System|Executor) memory \\d+ must be at least \\d+.*");

    private MemoryFailure() {}

    /** The failure for want of memory that {@code failure} is; nothing where it is another. */
    static Optional<JobException> explain(String job, Throwable failure, String repeat) {
        return Failures.find(failure, OutOfMemoryError.class)
                .map(error -> JobException.outsideSystem(
                        job + " ran out of memory: " + error.getMessage()
                                + ".\nGive it a larger heap (--memory, or larger workers), or let it do less at once (--cores)."
                                + repeat,
                        failure))
                .or(() -> find(failure, SparkException.class, LOST_EXECUTOR)
                        .map(lost -> JobException.outsideSystem(
                                job + " lost executor " + lost.group(1) + ": " + lost.group(2)
                                        + ".\nExit code 52 says that it ran out of heap; 137 that the system ended it, as it does where a"
                                        + " machine or container has no memory left. Give executors more memory (spark.executor.memory,"
                                        + " spark.executor.memoryOverhead, larger workers) or fewer tasks at once (spark.executor.cores)."
                                        + repeat,
                                failure)))
                .or(() -> find(failure, IllegalArgumentException.class, TOO_SMALL)
                        .map(refusal -> JobException.badArguments(job + " can't start Spark: " + refusal.group()
                                + "\nThe least heap that the jobs start in is 512m.")));
    }

    private static Optional<Matcher> find(Throwable failure, Class<? extends Throwable> type, Pattern message) {
        return Failures.causes(failure)
                .filter(type::isInstance)
                .map(cause -> message.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .findFirst();
    }
}
