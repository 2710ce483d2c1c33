package io.retaillake.benchmark;

import io.retaillake.local.PipelineRuns;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends a run when its time is up, or when this JVM is told to end. */
final class Deadline implements AutoCloseable {

    private static final double MILLIS_PER_SECOND = 1e3;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "deadline");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread endOfProcess;
    private volatile boolean processEnds;
    private volatile boolean passed;

    private Deadline(PipelineRuns runs) {
        endOfProcess = new Thread(
                () -> {
                    processEnds = true;
                    runs.close();
                },
                "end of a run");
    }

    /** Of a run that begins now; it has time without end if {@code seconds} is empty. */
    static Deadline of(Optional<Double> seconds, PipelineRuns runs) {
        Deadline deadline = new Deadline(runs);
        Runtime.getRuntime().addShutdownHook(deadline.endOfProcess);
        seconds.ifPresent(limit -> {
            Future<?> unused = deadline.clock.schedule(
                    () -> {
                        deadline.passed = true;
                        runs.close();
                    },
                    (long) (limit * MILLIS_PER_SECOND),
                    TimeUnit.MILLISECONDS);
        });
        return deadline;
    }

    /** Whether the time was up before the run had ended. */
    boolean hasPassed() {
        return passed;
    }

    /** Whether this JVM ends. */
    boolean isEndOfProcess() {
        return processEnds;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            Runtime.getRuntime().removeShutdownHook(endOfProcess);
        } catch (IllegalStateException e) {
            // It is running.
        }
    }
}
