package io.retaillake.benchmark;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the jobs of one run of {@code bin/pipeline} did with its heap, as its lines tell. */
final class HeapJobs {

    private static final Pattern JOB = Pattern.compile("([A-Z]\\w+): (?:(starting)|done in ([0-9.]+) s.*|.*)");
    private static final String ERROR = "error ";

    /** The times of shorter jobs say nothing. */
    private static final double LEAST_SECONDS = 1;

    private final String what;
    private final Path lake;
    private final ProgressLines progress;
    private final Set<String> running = new LinkedHashSet<>();
    private final Map<String, Double> secondsByJob = new LinkedHashMap<>();
    private Optional<String> failure = Optional.empty();

    HeapJobs(long heapMib, Path lake, ProgressLines progress) {
        this.what = heapMib + " MiB, ";
        this.lake = lake;
        this.progress = progress;
    }

    /** Reads the next line. */
    void read(String line) {
        Matcher job = JOB.matcher(line);
        if (line.startsWith(ERROR) && failure.isEmpty()) {
            failure = Optional.of(line.substring(ERROR.length()));
        } else if (job.matches() && job.group(2) != null) {
            running.add(job.group(1));
            progress.begin(what + job.group(1), lake);
        } else if (job.matches() && job.group(3) != null) {
            running.remove(job.group(1));
            secondsByJob.put(job.group(1), Double.valueOf(job.group(3)));
        } else if (job.matches()) {
            progress.say(line.substring(line.indexOf(':') + 1).strip());
        }
    }

    /** The run was ended because it took too long. */
    void timeIsUp() {
        failure = Optional.of("was running when the time was up");
    }

    /** The seconds of the jobs that are done. */
    Map<String, Double> secondsByJob() {
        return Map.copyOf(secondsByJob);
    }

    /** The job that failed, and the first line of what it says; of several that ran, the one that the message begins with. */
    Map.Entry<String, String> failed() {
        String message = failure.orElse("the run failed and did not say why");
        String job = running.stream().filter(message::startsWith).findFirst().orElse(String.join(" ", running));
        return Map.entry(job, message);
    }

    /** Of the jobs that are done, the one that took most times as long as {@code before}. */
    Map.Entry<String, String> slowedDownMost(Map<String, Double> before) {
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
