package io.retaillake.streaming;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Maintenance in a thread of its own, again and again, beside a stream. */
final class ScheduledMaintenance implements AutoCloseable {

    private final EventMaintenance maintenance;
    private final ScheduledExecutorService executor;

    private ScheduledMaintenance(EventMaintenance maintenance, ScheduledExecutorService executor) {
        this.maintenance = maintenance;
        this.executor = executor;
    }

    /** Begins it after {@code every}. */
    static ScheduledMaintenance start(EventMaintenance maintenance, Duration every) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "maintenance of events");
            thread.setDaemon(true);
            return thread;
        });
        var unused = executor.scheduleWithFixedDelay(
                maintenance::run, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return new ScheduledMaintenance(maintenance, executor);
    }

    /** Does it now and waits for its end. */
    void runOnce() {
        try {
            executor.submit(maintenance::run).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins no more; what is being done ends with the process, and what it has not committed is no part of a table. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}
