package io.retaillake.benchmark;

import io.retaillake.local.PipelineRuns;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ends a run when its time is up, or when this JVM is told to end. */
final class Deadline implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 500;

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

    /** Of a run that is to end as soon as {@code isTimeUp}. */
    static Deadline of(PipelineRuns runs, BooleanSupplier isTimeUp) {
        Deadline deadline = new Deadline(runs);
        Runtime.getRuntime().addShutdownHook(deadline.endOfProcess);
        Future<?> unused = deadline.clock.scheduleWithFixedDelay(
                () -> {
                    if (!deadline.passed && isTimeUp.getAsBoolean()) {
                        deadline.passed = true;
                        runs.close();
                    }
                },
                INTERVAL_MILLIS,
                INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
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
