package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One line for each step of a job, and one every few seconds while its rows change: for logs. */
final class PlainDisplay implements Display {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintStream out;
    private final LongSupplier clockNanos;
    private final Map<JobDefinition, JobProgress> running = new LinkedHashMap<>();
    private final Map<JobDefinition, Long> shownNanos = new LinkedHashMap<>();
    private List<JobDefinition> planned = List.of();

    /** Shows on {@code out}; {@code clockNanos} is read as {@link System#nanoTime()} is. */
    PlainDisplay(PrintStream out, LongSupplier clockNanos) {
        this.out = out;
        this.clockNanos = clockNanos;
    }

    @Override
    public synchronized void planned(List<JobDefinition> jobs) {
        planned = List.copyOf(jobs);
    }

    @Override
    public synchronized void started(JobDefinition job) {
        running.put(job, JobProgress.starting(clockNanos.getAsLong()));
        String position = planned.size() < 2 ? "" : ", job " + (planned.indexOf(job) + 1) + " of " + planned.size();
        out.println(job.name() + ": starting" + position);
    }

    @Override
    public synchronized void progress(JobDefinition job, JobLine.Progress report) {
        long now = clockNanos.getAsLong();
        JobProgress before = running.get(job);
        JobProgress after = before.after(report, now);
        running.put(job, after);
        boolean newStep = !after.step().equals(before.step());
        boolean isNew = newStep || after.rows() != before.rows();
        if (newStep || (isNew && now - shownNanos.getOrDefault(job, 0L) >= INTERVAL_NANOS)) {
            shownNanos.put(job, now);
            out.println(job.name() + ": " + after.line());
        }
    }

    @Override
    public synchronized void ended(JobOutcome outcome) {
        running.remove(outcome.job());
        shownNanos.remove(outcome.job());
        out.println(EndLine.of(outcome));
    }

    @Override
    public synchronized void note(String line) {
        out.println(line);
    }

    @Override
    public void close() {
        out.flush();
    }
}
