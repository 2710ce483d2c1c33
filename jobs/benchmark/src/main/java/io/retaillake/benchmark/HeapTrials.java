package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs {@code bin/pipeline} with one heap after the other, each time into a lake of its own. */
final class HeapTrials implements HeapSearch.Trial {

    private static final double NANOS_PER_SECOND = 1e9;

    /** By the clock on the wall; who takes longer hangs. */
    private static final int MOST_TIMES_LONGER = 10;

    private static final Map.Entry<String, String> THE_LARGEST = Map.entry("", "what the others are compared with");

    private final Path pipeline;
    private final int cores;
    private final Path folder;
    private final Path logs;
    private final ChildUsage usage;
    private final ProgressLines progress;

    /** The jobs' seconds with the largest heap. */
    private Map<String, Double> secondsWithLargest = Map.of();

    /**
     * Begins.
     *
     * @param pipeline the command
     * @param folder gets the lakes
     * @param logs gets each run's output
     */
    HeapTrials(Path pipeline, int cores, Path folder, Path logs, ChildUsage usage, ProgressLines progress) {
        this.pipeline = pipeline;
        this.cores = cores;
        this.folder = folder;
        this.logs = logs;
        this.usage = usage;
        this.progress = progress;
    }

    @Override
    public HeapRun run(double scale, long heapMib, Optional<HeapRun> largest, List<String> sourceOptions)
            throws InterruptedException {
        String name = "heap-" + heapMib + "-scale-" + scale;
        Path lake = folder.resolve(name);
        List<String> command = new ArrayList<>(List.of(pipeline.toString(), "--memory", heapMib + "m"));
        command.addAll(List.of("--cores", Integer.toString(cores), "--lake", lake.toString()));
        command.addAll(List.of("--run-id", name + "-" + ProcessHandle.current().pid()));
        command.addAll(sourceOptions);
        HeapJobs jobs = new HeapJobs(heapMib, lake, progress);
        usage.forget();
        long startedNanos = System.nanoTime();
        boolean finished;
        try (PrintWriter log = open(logs.resolve(name + ".log"))) {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (Deadline deadline =
                    Deadline.of(process, () -> largest.isPresent() && isTimeUp(largest.get(), startedNanos))) {
                process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
                    log.println(line);
                    log.flush();
                    jobs.read(line);
                });
                finished = process.waitFor() == 0;
                if (deadline.thisProcessEnds()) {
                    throw new CommandException(CommandException.OUTSIDE_SYSTEM, "interrupted");
                }
                if (deadline.hasPassed()) {
                    jobs.timeIsUp();
                }
            }
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, pipeline + " could not be started: " + e.getMessage(), e);
        } finally {
            progress.end();
        }
        double seconds = secondsSince(startedNanos);
        ChildUsage.Usage used = usage.ofAll();
        Folders.delete(lake);
        if (largest.isEmpty()) {
            secondsWithLargest = jobs.secondsByJob();
        }
        Map.Entry<String, String> remark =
                !finished ? jobs.failed() : largest.isEmpty() ? THE_LARGEST : jobs.slowedDownMost(secondsWithLargest);
        return new HeapRun(
                scale,
                heapMib,
                finished,
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

    private static PrintWriter open(Path log) throws IOException {
        Files.createDirectories(log.getParent());
        return new PrintWriter(Files.newBufferedWriter(log, StandardCharsets.UTF_8));
    }
}
