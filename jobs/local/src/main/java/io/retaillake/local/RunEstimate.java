package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far jobs that run one after the other are. What is left is guessed from the purchases that a job expects, from what the jobs
 * weigh, and from how long those took that are done: before one of some weight is, nothing is promised.
 */
final class RunEstimate {

    /** Jobs that weigh less tell nothing of this machine's speed. */
    private static final double LEAST_MEASURED_SECONDS = 3;

    /** Those whose steps expect purchases and nothing else. */
    private static final Set<JobDefinition> TELLING_PURCHASES =
            Set.of(RetailJobs.EXTRACT_PURCHASES, RetailJobs.BUILD_PURCHASES);

    private static final double NANOS_PER_SECOND = 1e9;

    private final List<JobDefinition> jobs;
    private final long startedNanos;
    private int position;
    private JobDefinition running;
    private JobProgress progress;
    private long jobStartedNanos;
    private SteadyEnd endOfJob = new SteadyEnd();
    private final SteadyEnd endOfRun = new SteadyEnd();
    private long purchases;
    private double doneSeconds;
    private double doneWeight;

    RunEstimate(List<JobDefinition> jobs, long nowNanos) {
        this.jobs = List.copyOf(jobs);
        this.startedNanos = nowNanos;
    }

    void started(JobDefinition job, long nowNanos) {
        running = job;
        position++;
        progress = JobProgress.starting(nowNanos);
        jobStartedNanos = nowNanos;
        endOfJob = new SteadyEnd();
    }

    void progress(JobLine.Progress report, long nowNanos) {
        progress = progress.after(report, nowNanos);
        if (TELLING_PURCHASES.contains(running)) {
            purchases = report.expected().orElse(purchases);
        }
    }

    void ended(JobOutcome outcome) {
        running = null;
        boolean hasWorked =
                outcome.finished().filter(end -> !end.publishedBefore()).isPresent();
        if (hasWorked) {
            doneSeconds += outcome.processSeconds();
            doneWeight += JobWeight.of(outcome.job()).secondsFor(purchases);
        }
    }

    /** What to show, each a list of fields: the job, what it does, and the run where it has several jobs; nothing between jobs. */
    List<List<String>> lines(long nowNanos) {
        if (running == null) {
            return List.of();
        }
        List<List<String>> lines = new ArrayList<>();
        List<String> job = new ArrayList<>();
        job.add(jobs.size() < 2 ? running.name() : "job " + position + " of " + jobs.size() + ": " + running.name());
        job.add(JobProgress.duration(seconds(jobStartedNanos, nowNanos)));
        jobSecondsLeft(nowNanos).ifPresent(left -> job.add(left(endOfJob.secondsLeft(left, nowNanos))));
        lines.add(job);
        List<String> step = new ArrayList<>(progress.fields());
        step.set(0, "  " + step.get(0));
        lines.add(step);
        if (jobs.size() > 1) {
            List<String> run = new ArrayList<>();
            run.add("all jobs: " + JobProgress.duration(seconds(startedNanos, nowNanos)));
            OptionalLong left = runSecondsLeft(nowNanos);
            run.add(left.isPresent() ? left(endOfRun.secondsLeft(left.getAsLong(), nowNanos)) : "time left not known");
            lines.add(run);
        }
        return lines;
    }

    /**
     * Until the running job's end: what its step says, or what its weight does, if that is more; absent where neither says anything,
     * as when the job takes longer than its weight has it.
     */
    OptionalLong jobSecondsLeft(long nowNanos) {
        OptionalLong ofStep = progress.secondsLeft();
        if (!isSpeedKnown()) {
            return ofStep;
        }
        long ofWeight = Math.round(weight(running) * speed()) - seconds(jobStartedNanos, nowNanos);
        return ofWeight <= 0 ? ofStep : OptionalLong.of(Math.max(ofStep.orElse(0), ofWeight));
    }

    /**
     * Until the last job's end; absent until a job of some weight is done, and it is known how many purchases there are. A job that takes longer
     * than its weight counts as one that is about to end.
     */
    OptionalLong runSecondsLeft(long nowNanos) {
        if (!isSpeedKnown() || purchases == 0) {
            return OptionalLong.empty();
        }
        double later = jobs.stream().skip(position).mapToDouble(this::weight).sum() * speed();
        return OptionalLong.of(jobSecondsLeft(nowNanos).orElse(0) + Math.round(later));
    }

    private boolean isSpeedKnown() {
        return doneWeight >= LEAST_MEASURED_SECONDS;
    }

    private double speed() {
        return doneSeconds / doneWeight;
    }

    private double weight(JobDefinition job) {
        return JobWeight.of(job).secondsFor(purchases);
    }

    private static long seconds(long fromNanos, long toNanos) {
        return (long) ((toNanos - fromNanos) / NANOS_PER_SECOND);
    }

    private static String left(long seconds) {
        return "about " + JobProgress.duration(seconds) + " left";
    }
}
