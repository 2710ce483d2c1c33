package io.retaillake.local;

import io.retaillake.common.command.RewrittenLines;
import io.retaillake.common.registry.JobDefinition;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The running job, what it does, and how long it and the whole run will take: a few lines of a terminal, rewritten in place. */
final class LiveDisplay implements Display {

    private static final int INTERVAL_MILLIS = 200;
    private static final String GAP = "  ";

    private final PrintStream out;
    private final int columns;
    private final RewrittenLines lines;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "display");
        thread.setDaemon(true);
        return thread;
    });
    private RunEstimate estimate = new RunEstimate(List.of(), System.nanoTime());
    private boolean closed;

    /** Shows on {@code out}, a terminal of so many columns; no line is longer. */
    LiveDisplay(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
        this.lines = new RewrittenLines(out, columns);
        Future<?> unused =
                ticker.scheduleAtFixedRate(this::repaint, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void planned(List<JobDefinition> jobs) {
        estimate = new RunEstimate(jobs, System.nanoTime());
    }

    @Override
    public synchronized void started(JobDefinition job) {
        estimate.started(job, System.nanoTime());
    }

    @Override
    public synchronized void progress(JobDefinition job, JobLine.Progress report) {
        estimate.progress(report, System.nanoTime());
    }

    @Override
    public synchronized void ended(JobOutcome outcome) {
        estimate.ended(outcome);
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
        List<String> all = new ArrayList<>();
        estimate.lines(System.nanoTime()).forEach(fields -> all.addAll(folded(fields, columns - 1)));
        lines.paint(all);
    }

    /** The fields in as few lines as they need, those after the first further in; only a field that is too wide alone is cut. */
    static List<String> folded(List<String> fields, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(fields.get(0));
        for (String field : fields.subList(1, fields.size())) {
            if (line.length() + GAP.length() + field.length() > width) {
                lines.add(line.toString());
                line = new StringBuilder(GAP);
            }
            line.append(GAP).append(field);
        }
        lines.add(line.toString());
        return lines;
    }
}
