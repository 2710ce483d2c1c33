package io.retaillake.benchmark;

import io.retaillake.local.HeapSize;
import io.retaillake.local.TasksAtOnce;
import java.util.List;
import picocli.CommandLine.Option;

/** How often contestants run, and what each may use. */
final class MeasuringOptions {

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "how often each contestant runs (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--cores",
            paramLabel = "N",
            description = "tasks or threads of each contestant (default: all cores)")
    private int cores = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "heap of a Spark job, and DuckDB's memory limit (default: ${DEFAULT-VALUE})")
    private String memory;

    MeasuringOptions(int usualRounds, String usualMemory) {
        this.rounds = usualRounds;
        this.memory = usualMemory;
    }

    void check(List<String> problems) {
        if (rounds < 1) {
            problems.add("--rounds is " + rounds + "; at least 1 is needed");
        }
        TasksAtOnce.problem(cores).ifPresent(problem -> problems.add("--cores is " + cores + "; " + problem));
        HeapSize.problem(memory).ifPresent(problem -> problems.add("--memory is '" + memory + "'; " + problem));
    }

    int rounds() {
        return rounds;
    }

    int cores() {
        return cores;
    }

    String memory() {
        return memory;
    }
}
