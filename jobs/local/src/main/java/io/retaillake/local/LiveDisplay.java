package io.retaillake.local;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One line per running job on a terminal, rewritten in place. */
final class LiveDisplay implements Display {

    private static final int INTERVAL_MILLIS = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintStream out;
    private final int columns;
    private final Map<Job, JobProgress> running = new EnumMap<>(Job.class);
    private final Map<Job, Long> startedNanos = new EnumMap<>(Job.class);
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "display");
        thread.setDaemon(true);
        return thread;
    });
    private int paintedLines;
    private boolean closed;

    /** Shows on {@code out}, a terminal of so many columns; no line is longer. */
    LiveDisplay(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
        Future<?> unused =
                ticker.scheduleAtFixedRate(this::repaint, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void started(Job job) {
        running.put(job, JobProgress.starting(System.nanoTime()));
        startedNanos.put(job, System.nanoTime());
    }

    @Override
    public synchronized void progress(Job job, JobLine.Progress report) {
        running.computeIfPresent(job, (key, before) -> before.after(report, System.nanoTime()));
    }

    @Override
    public synchronized void ended(JobOutcome outcome) {
        running.remove(outcome.job());
        note(EndLine.of(outcome));
    }

    @Override
    public synchronized void note(String line) {
        erase();
        out.println(line);
        paint();
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticker.shutdownNow();
        erase();
        out.flush();
    }

    private synchronized void repaint() {
        if (!closed) {
            erase();
            paint();
        }
    }

    private void erase() {
        StringBuilder erasing = new StringBuilder();
        for (int line = 0; line < paintedLines; line++) {
            erasing.append("\u001b[1A").append(CLEAR_LINE);
        }
        out.print(erasing.append('\r'));
        paintedLines = 0;
    }

    private void paint() {
        StringBuilder lines = new StringBuilder();
        running.forEach((job, progress) -> {
            long seconds = (long) ((System.nanoTime() - startedNanos.get(job)) / NANOS_PER_SECOND);
            String line = job.simpleName() + ": " + seconds + " s  " + progress.line();
            lines.append(line, 0, Math.min(line.length(), columns - 1)).append('\n');
        });
        paintedLines = running.size();
        out.print(lines);
        out.flush();
    }
}
