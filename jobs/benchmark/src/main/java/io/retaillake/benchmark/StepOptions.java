package io.retaillake.benchmark;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.local.OwnSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a contestant's process is told. */
@Command(name = "step")
final class StepOptions {

    /** Asks for {@link MartTotals} instead of work. */
    static final String TOTALS = "totals";

    @Parameters(arity = "1")
    private String step;

    @Option(names = "--folder", required = true)
    private Path folder;

    @Option(names = "--cores")
    private int cores = 1;

    @Option(names = "--memory")
    private String memory = "4g";

    @Mixin
    private OwnSource source;

    /** Reads the arguments of {@code main}. */
    static StepOptions of(String... arguments) {
        StepOptions options = new StepOptions();
        List<String> problems = Arguments.problems(Arguments.commandLine(options), arguments);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        return options;
    }

    /** The arguments that {@link #of} reads. */
    static List<String> arguments(String step, Path folder, int cores, String memory, List<String> sourceOptions) {
        List<String> arguments = new ArrayList<>(
                List.of(step, "--folder", folder.toString(), "--cores", Integer.toString(cores), "--memory", memory));
        arguments.addAll(sourceOptions);
        return arguments;
    }

    String step() {
        return step;
    }

    /** Where the contestant keeps everything that it writes. */
    Path folder() {
        return folder;
    }

    int cores() {
        return cores;
    }

    /** As {@code -Xmx} takes it. */
    String memory() {
        return memory;
    }

    MeasuredSource source() {
        return new MeasuredSource(source.given());
    }
}
