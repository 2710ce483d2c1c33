package io.retaillake.local;

import io.retaillake.common.command.RewrittenLines;
import io.retaillake.common.registry.JobDefinition;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line per running job on a terminal, rewritten in place. */
final class LiveDisplay implements Display {

    private static final int INTERVAL_MILLIS = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrintStream out;
    private final RewrittenLines lines;
    private final Map<JobDefinition, JobProgress> running = new LinkedHashMap<>();
    private final Map<JobDefinition, Long> startedNanos = new LinkedHashMap<>();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "display");
        thread.setDaemon(true);
        return thread;
    });
    private boolean closed;

    /** Shows on {@code out}, a terminal of so many columns; no line is longer. */
    LiveDisplay(PrintStream out, int columns) {
        this.out = out;
        this.lines = new RewrittenLines(out, columns);
        Future<?> unused =
                ticker.scheduleAtFixedRate(this::repaint, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void started(JobDefinition job) {
        running.put(job, JobProgress.starting(System.nanoTime()));
        startedNanos.put(job, System.nanoTime());
    }

    @Override
    public synchronized void progress(JobDefinition job, JobLine.Progress report) {
        running.computeIfPresent(job, (key, before) -> before.after(report, System.nanoTime()));
    }

    @Override
    public synchronized void ended(JobOutcome outcome) {
        running.remove(outcome.job());
        note(EndLine.of(outcome));
    }

    @Override
    public synchronized void note(String line) {
        lines.erase();
        out.println(line);
        paint();
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticker.shutdownNow();
        lines.erase();
        out.flush();
    }

    private synchronized void repaint() {
        if (!closed) {
            lines.erase();
            paint();
        }
    }

    private void paint() {
        lines.paint(running.entrySet().stream()
                .map(job -> {
                    long seconds = (long) ((System.nanoTime() - startedNanos.get(job.getKey())) / NANOS_PER_SECOND);
                    return job.getKey().name() + ": " + seconds + " s  "
                            + job.getValue().line();
                })
                .toList());
    }
}
