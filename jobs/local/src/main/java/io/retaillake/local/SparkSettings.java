package io.retaillake.local;

import java.util.List;

/**
 * How Spark runs a job.
 *
 * @param master Spark's master URL
 * @param cores how many tasks run at once
 * @param memory the heap of the driver's JVM, as {@code -Xmx} takes it; in local mode tasks live in it too
 * @param configuration further settings, each {@code key=value}; they win over ours
 * @param ui whether Spark's web pages are served while the job runs
 * @param fewRows whether it is known that a job has so few rows that the JVM's optimizing compiler would cost more than it gains
 */
record SparkSettings(String master, int cores, String memory, List<String> configuration, boolean ui, boolean fewRows) {

    SparkSettings {
        configuration = List.copyOf(configuration);
    }

    /** Settings for any number of rows. */
    SparkSettings(String master, int cores, String memory, List<String> configuration, boolean ui) {
        this(master, cores, memory, configuration, ui, false);
    }

    /** The same for few rows. */
    SparkSettings forFewRows() {
        return new SparkSettings(master, cores, memory, configuration, ui, true);
    }

    /** The settings that suit one machine, each {@code key=value}. */
    List<String> localConfiguration() {
        // A few tasks per core even out unequal ones; Spark's 200 would be 200 little files and task starts.
        int shufflePartitions = 4 * cores;
        return List.of(
                "spark.sql.shuffle.partitions=" + shufflePartitions,
                "spark.ui.enabled=" + ui,
                "spark.ui.showConsoleProgress=false");
    }
}
