package io.retaillake.benchmark;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.local.PipelineRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** {@code bin/benchmark}: ours, the old way and DuckDB side by side. */
public final class BenchmarkCommand {

    private BenchmarkCommand() {}

    /** Exits with 0 when everybody has run and all agree. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        BenchmarkOptions options = new BenchmarkOptions();
        CommandLine commandLine = Arguments.commandLine(options);
        try {
            List<String> problems = Arguments.problems(commandLine, arguments);
            if (options.isHelpRequested()) {
                commandLine.usage(System.out);
                System.exit(0);
            }
            BenchmarkSettings settings = options.settings(PipelineRuns.projectWorkFolder(), problems);
            if (!problems.isEmpty()) {
                throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
            }
            run(settings);
            System.exit(0);
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
    }

    private static void run(BenchmarkSettings settings) throws IOException, InterruptedException {
        Path logs = PipelineRuns.projectWorkFolder()
                .resolve("logs/benchmark-" + ProcessHandle.current().pid());
        try (ProgressLines progress = new ProgressLines();
                ChildUsage usage = ChildUsage.watch()) {
            Measurements measurements = new Measurements(settings.rawFile(), progress);
            JobMeter jobMeter = new JobMeter(progress);
            try (PipelineRuns runs = PipelineRuns.begin(settings.cores(), settings.memory(), logs, jobMeter)) {
                Runtime.getRuntime().addShutdownHook(new Thread(runs::close, "interrupt"));
                String page = new Benchmark(settings, runs, jobMeter, usage, measurements, progress).run();
                Files.writeString(settings.page(), page);
                System.out.print(page);
                progress.note("page          " + settings.page());
                progress.note("measurements  " + settings.rawFile());
            }
        }
    }
}
