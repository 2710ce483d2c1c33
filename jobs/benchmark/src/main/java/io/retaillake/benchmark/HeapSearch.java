package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the smallest of some heaps with which the whole pipeline finishes, by halving: with a larger heap than one that is
 * enough nothing can fail. The largest comes first, because its time is what the others' are compared with.
 */
final class HeapSearch implements Benchmark.AtScale {

    /**
     * A heap is too small, though a run with it might end, if it takes more than so many times the processor time of one with the
     * largest heap: then more than half of it goes into collecting garbage, and nobody would choose that heap. Runs of the same
     * differ by far less.
     */
    static final int MOST_TIMES_SLOWER = 2;

    private final List<Long> heapsMib;
    private final Trial trial;
    private final ResultsFile file;
    private final ProgressLines progress;

    /** A run of the whole pipeline. */
    @FunctionalInterface
    interface Trial {

        /**
         * Runs it.
         *
         * @param largest the run with the largest heap, which decides how long this one may take; empty if this one is that
         */
        HeapRun run(double scale, long heapMib, Optional<HeapRun> largest, List<String> sourceOptions)
                throws InterruptedException;
    }

    /**
     * A search.
     *
     * @param heapsMib ascending
     */
    HeapSearch(List<Long> heapsMib, Trial trial, ResultsFile file, ProgressLines progress) {
        this.heapsMib = List.copyOf(heapsMib);
        this.trial = trial;
        this.file = file;
        this.progress = progress;
    }

    /**
     * Searches.
     *
     * @throws CommandException if the largest heap is too small
     */
    @Override
    public void measure(double scale, MeasuredSource source, long purchases, List<String> sourceOptions)
            throws InterruptedException {
        int enough = heapsMib.size() - 1;
        HeapRun largest = run(scale, heapsMib.get(enough), Optional.empty(), sourceOptions);
        if (!largest.finished()) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM,
                    "scale " + Markdown.scale(scale) + ": the largest heap, " + largest.heapMib()
                            + " MiB, is too small for " + largest.job() + ": " + largest.remark()
                            + "\nGive --heaps a larger one.");
        }
        int tooSmall = -1;
        while (enough - tooSmall > 1) {
            int middle = (tooSmall + enough) / 2;
            if (run(scale, heapsMib.get(middle), Optional.of(largest), sourceOptions)
                    .finished()) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        progress.note("scale " + Markdown.scale(scale) + ": the smallest heap that is enough is " + heapsMib.get(enough)
                + " MiB");
    }

    private HeapRun run(double scale, long heapMib, Optional<HeapRun> largest, List<String> sourceOptions)
            throws InterruptedException {
        HeapRun run = trial.run(scale, heapMib, largest, sourceOptions);
        file.append(run.toCsv());
        progress.note(String.format(
                Locale.ROOT,
                "  scale %s, %,6d MiB: %s in %.1f s, CPU %.1f s, peak %,d MiB  %s: %s",
                Markdown.scale(scale),
                heapMib,
                run.finished() ? "enough" : "too small",
                run.seconds(),
                run.cpuSeconds(),
                run.peakBytes() >> 20,
                run.job(),
                run.remark()));
        return run;
    }
}
