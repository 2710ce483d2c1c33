package io.retaillake.benchmark;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ends a process, politely, when its time is up or this JVM is told to end. */
final class Deadline implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 500;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "deadline");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread endOfThisProcess;
    private volatile boolean thisProcessEnds;
    private volatile boolean passed;

    private Deadline(Process process) {
        endOfThisProcess = new Thread(
                () -> {
                    thisProcessEnds = true;
                    process.toHandle().destroy();
                },
                "end of a run");
    }

    /** Of a process that is to end as soon as {@code isTimeUp}. */
    static Deadline of(Process process, BooleanSupplier isTimeUp) {
        Deadline deadline = new Deadline(process);
        Runtime.getRuntime().addShutdownHook(deadline.endOfThisProcess);
        Future<?> unused = deadline.clock.scheduleWithFixedDelay(
                () -> {
                    if (!deadline.passed && isTimeUp.getAsBoolean()) {
                        deadline.passed = true;
                        // Process.destroy() would also close the stream that is being read.
                        process.toHandle().destroy();
                    }
                },
                INTERVAL_MILLIS,
                INTERVAL_MILLIS,
                TimeUnit.MILLISECONDS);
        return deadline;
    }

    /** Whether the time was up before the process had ended. */
    boolean hasPassed() {
        return passed;
    }

    /** Whether the process was ended because this JVM is told to end. */
    boolean thisProcessEnds() {
        return thisProcessEnds;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            Runtime.getRuntime().removeShutdownHook(endOfThisProcess);
        } catch (IllegalStateException e) {
            // This JVM is ending already: the hook is running.
        }
    }
}
