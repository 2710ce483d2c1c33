package io.retaillake.local;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The command line's options for Spark itself. */
final class SparkOptions {

    private static final String DEFAULT_MEMORY = "4g";

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Spark's master (default: local[<cores>,4], the 4 being how often a task is tried)")
    private String master;

    @Option(names = "--cores", paramLabel = "N", description = "how many tasks run at once (default: all cores)")
    private int cores = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "heap of a job's driver, e.g. 4g (the default); at least 512m")
    private String memory;

    @Option(names = "--conf", paramLabel = "K=V", description = "a setting of Spark; may be repeated")
    private List<String> configuration = new ArrayList<>();

    @Option(names = "--ui", description = "serve Spark's web pages while a job runs")
    private boolean ui;

    /** The settings; what is wrong with them goes to {@code problems}. */
    SparkSettings settings(List<String> problems) {
        TasksAtOnce.problem(cores).ifPresent(problem -> problems.add("--cores is " + cores + "; " + problem));
        if (master != null) {
            MasterUrl.problem(master).ifPresent(problem -> problems.add("--master is '" + master + "'; " + problem));
        }
        if (memory != null) {
            HeapSize.problem(memory).ifPresent(problem -> problems.add("--memory is '" + memory + "'; " + problem));
        }
        for (String setting : configuration) {
            if (setting.indexOf('=') < 1) {
                problems.add("--conf is '" + setting + "'; give a setting like spark.sql.ansi.enabled=true");
            }
        }
        String url = master == null ? "local[" + cores + ",4]" : master;
        return new SparkSettings(url, cores, memory == null ? DEFAULT_MEMORY : memory, configuration, ui);
    }
}
