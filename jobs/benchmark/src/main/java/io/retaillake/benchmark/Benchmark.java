package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import io.retaillake.local.PipelineRuns;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Opens the database of each scale in turn, and has something measured on it. */
final class Benchmark {

    private static final long SEED = 1;

    private final BenchmarkSettings settings;
    private final PipelineRuns runs;
    private final ResultsFile file;
    private final ProgressLines progress;
    private final Programs programs;
    private boolean described;

    /** What is measured at one scale. */
    @FunctionalInterface
    interface AtScale {

        /**
         * Measures.
         *
         * @param source who watches it closes his connections
         * @param purchases how many it has
         * @param sourceOptions the extraction jobs' options for reading it
         */
        void measure(double scale, MeasuredSource source, long purchases, List<String> sourceOptions)
                throws InterruptedException;
    }

    Benchmark(
            BenchmarkSettings settings,
            PipelineRuns runs,
            Programs programs,
            ResultsFile file,
            ProgressLines progress) {
        this.settings = settings;
        this.runs = runs;
        this.programs = programs;
        this.file = file;
        this.progress = progress;
    }

    /** Measures at every scale. */
    void run(AtScale work) throws InterruptedException {
        for (double scale : settings.scales()) {
            if (settings.ownSource().isEmpty()) {
                progress.note("scale " + Markdown.scale(scale) + ": the database");
                try (PipelineRuns.Source source = runs.generated(scale, settings.dirtyRate(), SEED)) {
                    atScale(scale, source.options(), work);
                }
            } else {
                atScale(scale, settings.ownSource(), work);
            }
        }
    }

    private void atScale(double scale, List<String> sourceOptions, AtScale work) throws InterruptedException {
        MeasuredSource source = MeasuredSource.of(sourceOptions);
        try {
            if (!described) {
                file.describe(facts(source.serverVersion()));
                described = true;
            }
            // Counting warms the cache for whoever comes first.
            long purchases = source.purchases();
            progress.note(String.format(Locale.ROOT, "scale %s: %,d purchases", Markdown.scale(scale), purchases));
            warmUp(sourceOptions);
            work.measure(scale, source, purchases, sourceOptions);
        } catch (SQLException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, "the source cannot be read: " + e.getMessage(), e);
        }
    }

    private Map<String, String> facts(String serverVersion) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(Results.DAY, LocalDate.now(ZoneOffset.UTC).toString());
        facts.put(Machine.TASKS, Integer.toString(settings.cores()));
        if (settings.heaps().isEmpty()) {
            facts.put(Machine.HEAP, settings.memory());
        }
        if (settings.dirtyRate() > 0) {
            facts.put("invalid purchases added", settings.dirtyRate() * 100 + "%");
        }
        facts.putAll(Machine.describe(programs.libraries(), programs.sparkJars(), serverVersion));
        return facts;
    }

    /** Else the first round would also archive the classes that all Spark processes share. */
    private void warmUp(List<String> sourceOptions) throws InterruptedException {
        Path lake = runs.temporaryFolder().resolve("warm-up");
        runs.warmUp(lake, sourceOptions);
        Folders.delete(lake);
    }
}
