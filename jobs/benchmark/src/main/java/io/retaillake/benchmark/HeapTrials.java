package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import io.retaillake.local.PipelineRuns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the whole pipeline with one heap after the other, each time into a lake of its own. */
final class HeapTrials implements HeapSearch.Trial {

    private static final double NANOS_PER_SECOND = 1e9;

    /** By the clock on the wall; who takes longer hangs. */
    private static final int MOST_TIMES_LONGER = 10;

    private final int cores;
    private final Path folder;
    private final Path logs;
    private final ChildUsage usage;
    private final ProgressLines progress;

    /** The jobs' own seconds with the largest heap. */
    private Map<String, Double> secondsWithLargest = Map.of();

    /**
     * Begins.
     *
     * @param folder gets the lakes
     * @param logs gets a folder of logs for each run
     */
    HeapTrials(int cores, Path folder, Path logs, ChildUsage usage, ProgressLines progress) {
        this.cores = cores;
        this.folder = folder;
        this.logs = logs;
        this.usage = usage;
        this.progress = progress;
    }

    /**
     * Runs the pipeline.
     *
     * @throws CommandException if this JVM is told to end meanwhile
     */
    @Override
    public HeapRun run(double scale, long heapMib, Optional<HeapRun> largest, List<String> sourceOptions)
            throws InterruptedException {
        Path lake = folder.resolve("heap-" + heapMib);
        HeapJobs jobs = new HeapJobs(heapMib, lake, progress);
        Path logFolder = logs.resolve("scale-" + scale + "-heap-" + heapMib);
        usage.forget();
        long startedNanos = System.nanoTime();
        Optional<String> failure = Optional.empty();
        try (PipelineRuns runs = PipelineRuns.begin(cores, heapMib + "m", logFolder, jobs);
                Deadline deadline =
                        Deadline.of(runs, () -> largest.isPresent() && isTimeUp(largest.get(), startedNanos))) {
            try {
                runs.run(lake, "heap-" + heapMib, List.of(), sourceOptions);
            } catch (CommandException e) {
                if (deadline.isEndOfProcess()) {
                    throw e;
                }
                failure = Optional.of(
                        deadline.hasPassed()
                                ? "was running when the time was up"
                                : e.problems().get(0));
            }
        } finally {
            progress.end();
        }
        double seconds = secondsSince(startedNanos);
        ChildUsage.Usage used = usage.ofAll();
        Folders.delete(lake);
        if (failure.isEmpty() && largest.isEmpty()) {
            secondsWithLargest = jobs.secondsByJob();
        }
        Map.Entry<String, String> remark =
                failure.map(jobs::failed).orElseGet(() -> jobs.slowedDownMost(secondsWithLargest));
        return new HeapRun(
                scale,
                heapMib,
                failure.isEmpty(),
                seconds,
                used.cpuSeconds(),
                used.peakBytes(),
                remark.getKey(),
                remark.getValue());
    }

    /** By processor time, because who else uses the machine does not change it; a run that hangs uses none. */
    private boolean isTimeUp(HeapRun largest, long startedNanos) {
        return usage.ofAll().cpuSeconds() > HeapSearch.MOST_TIMES_SLOWER * largest.cpuSeconds()
                || secondsSince(startedNanos) > MOST_TIMES_LONGER * largest.seconds();
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
    }
}
