package io.retaillake.benchmark;

import io.retaillake.local.PipelineRuns;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the jobs of one run did with its heap. */
final class HeapJobs implements PipelineRuns.Listener {

    /** The times of shorter jobs say nothing. */
    private static final double LEAST_SECONDS = 1;

    private final String what;
    private final Path lake;
    private final ProgressLines progress;
    private final Set<String> running = new LinkedHashSet<>();
    private final Map<String, Double> secondsByJob = new LinkedHashMap<>();
    private String lastStarted = "";

    HeapJobs(long heapMib, Path lake, ProgressLines progress) {
        this.what = heapMib + " MiB, ";
        this.lake = lake;
        this.progress = progress;
    }

    @Override
    public synchronized void started(String job) {
        progress.begin(what + job, lake);
        running.add(job);
        lastStarted = job;
    }

    @Override
    public void progress(String job, String line) {
        progress.say(line);
    }

    @Override
    public synchronized void ended(PipelineRuns.Ended job) {
        running.remove(job.job());
        secondsByJob.put(job.job(), job.ownSeconds());
    }

    /** The seconds of the jobs that have ended, without their JVM's start. */
    synchronized Map<String, Double> secondsByJob() {
        return Map.copyOf(secondsByJob);
    }

    /** The job that failed, and the first line of what it says. */
    synchronized Map.Entry<String, String> failed(String message) {
        String job = secondsByJob.keySet().stream()
                .filter(message::startsWith)
                .findFirst()
                .orElse(running.isEmpty() ? lastStarted : String.join(" ", running));
        return Map.entry(job, message.lines().findFirst().orElse(""));
    }

    /** Of the jobs that have ended, the one that took most times as long as {@code before}. */
    synchronized Map.Entry<String, String> slowedDownMost(Map<String, Double> before) {
        return secondsByJob.entrySet().stream()
                .filter(job -> before.getOrDefault(job.getKey(), 0.0) >= LEAST_SECONDS)
                .map(job -> Map.entry(job.getKey(), job.getValue() / before.get(job.getKey())))
                .max(Comparator.comparing(Map.Entry::getValue))
                .map(job -> Map.entry(
                        job.getKey(),
                        String.format(Locale.ROOT, "took %.1f times as long as with the largest heap", job.getValue())))
                .orElse(Map.entry("none", "no job took a second"));
    }
}
