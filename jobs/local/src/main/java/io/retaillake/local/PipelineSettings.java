package io.retaillake.local;

import io.retaillake.common.job.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code bin/pipeline} was asked to do.
 *
 * @param lake the lake to fill
 * @param runId names the run in the lake
 * @param window the months to work on
 * @param reading {@code ExtractPurchases}' options for how it reads
 * @param definitions {@code BuildTable}'s options, which are none unless there are tables of the person's own; nothing where no table in
 *     SQL is built
 * @param spark how Spark runs
 * @param generated the source to generate, unless {@code ownSource} is present
 * @param ownSource the extraction jobs' options for a database of the person's own
 * @param typed the command line that asks for the same again, without a run id and a window
 */
record PipelineSettings(
        PipelineLake lake,
        String runId,
        Window window,
        List<String> reading,
        Optional<List<String>> definitions,
        SparkSettings spark,
        GeneratedSource generated,
        Optional<List<String>> ownSource,
        List<String> typed) {

    PipelineSettings {
        reading = List.copyOf(reading);
        definitions = definitions.map(List::copyOf);
        typed = List.copyOf(typed);
    }

    /** Where the run's logs go. */
    Path logFolder(Project project) {
        return project.workFolder().resolve("logs").resolve(runId);
    }

    /**
     * A source that is generated into the embedded database.
     *
     * @param scale 1 means 28,593,030 purchases
     * @param dirtyRate the share of further rows that have a defect
     * @param seed decides every generated value
     * @param fresh whether a database from an earlier run is thrown away
     * @param keepRunning whether the database server still runs when the pipeline has ended
     */
    record GeneratedSource(double scale, double dirtyRate, long seed, boolean fresh, boolean keepRunning) {

        private static final long FULL_SCALE_PURCHASES = 28_593_030;
        private static final long MONTHS = 24;

        /** Half of those up to which it makes no difference. */
        private static final long FEW_PURCHASES = 1_500_000;

        /**
         * Whether some of its months have so few purchases that jobs are over before they are worth to be optimized for.
         *
         * @param window the months to work on
         */
        boolean hasFewPurchases(Window window) {
            long months = window.isAll() ? MONTHS : window.months().size();
            return scale * FULL_SCALE_PURCHASES * Math.min(months, MONTHS) / MONTHS <= FEW_PURCHASES;
        }

        /** What tells databases apart that hold different data. */
        String key() {
            return "scale-" + scale + "-dirty-" + dirtyRate + "-seed-" + seed;
        }
    }
}
