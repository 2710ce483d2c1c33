package io.retaillake.benchmark;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells a person who waits, on standard error, what is being measured, every few seconds how far it is, and what it took. */
final class ProgressLines implements AutoCloseable {

    private static final int INTERVAL_SECONDS = 5;
    private static final int LEAST_SECONDS = 3;
    private static final double LEAST_MB = 0.1;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MB = 1e6;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private Running running;

    private record Running(String what, Path folder, long startedNanos, long bytesBefore, String saidOfItself) {

        private Running saying(String line) {
            return new Running(what, folder, startedNanos, bytesBefore, line);
        }
    }

    ProgressLines() {
        Future<?> unused = clock.scheduleAtFixedRate(this::tell, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Prints a line. */
    synchronized void note(String line) {
        System.err.println(line);
    }

    /** Something begins that writes to {@code folder}. */
    synchronized void begin(String what, Path folder) {
        running = new Running(what, folder, System.nanoTime(), Folders.bytes(folder), "");
    }

    /** What is running says how far it is. */
    synchronized void say(String line) {
        if (running != null) {
            running = running.saying(line);
        }
    }

    /** What was running has ended. */
    synchronized void end() {
        running = null;
    }

    private synchronized void tell() {
        if (running == null) {
            return;
        }
        double seconds = (System.nanoTime() - running.startedNanos) / NANOS_PER_SECOND;
        if (seconds < LEAST_SECONDS) {
            return;
        }
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "    %s: %.0f s", running.what, seconds));
        double megabytes = (Folders.bytes(running.folder) - running.bytesBefore) / BYTES_PER_MB;
        // Files that only the work needed may be gone again.
        if (megabytes >= LEAST_MB) {
            line.append(String.format(Locale.ROOT, "  %,.1f MB written (%,.1f MB/s)", megabytes, megabytes / seconds));
        }
        if (!running.saidOfItself.isEmpty()) {
            line.append("  ").append(running.saidOfItself);
        }
        System.err.println(line);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
