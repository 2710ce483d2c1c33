package io.retaillake.benchmark;

import io.retaillake.common.command.CommandMain;
import io.retaillake.local.PipelineRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code bin/benchmark}: ours, the old way and DuckDB side by side. */
public final class BenchmarkCommand {

    private BenchmarkCommand() {}

    /** Exits with 0 when everybody has run and all agree. */
    public static void main(String[] arguments) throws Exception {
        BenchmarkOptions options = new BenchmarkOptions();
        CommandMain.run(
                options,
                arguments,
                problems -> options.settings(PipelineRuns.projectWorkFolder(), problems),
                BenchmarkCommand::run);
    }

    private static int run(BenchmarkSettings settings) throws IOException, InterruptedException {
        if (settings.rendered().isEmpty()) {
            measure(settings);
            write(settings.page(), List.of(settings.rawFile()));
        } else {
            write(settings.page(), settings.rendered());
        }
        return 0;
    }

    private static void measure(BenchmarkSettings settings) throws InterruptedException {
        Path logs = PipelineRuns.projectWorkFolder()
                .resolve("logs/benchmark-" + ProcessHandle.current().pid());
        boolean heaps = !settings.heaps().isEmpty();
        ResultsFile file = new ResultsFile(settings.rawFile(), heaps ? HeapRun.CSV_HEADER : Measurement.CSV_HEADER);
        try (ProgressLines progress = new ProgressLines();
                ChildUsage usage = ChildUsage.watch()) {
            JobMeter jobMeter = new JobMeter(progress);
            try (PipelineRuns runs = PipelineRuns.begin(settings.cores(), settings.memory(), logs, jobMeter)) {
                Runtime.getRuntime().addShutdownHook(new Thread(runs::close, "interrupt"));
                Programs programs = new Programs(settings, runs);
                Benchmark.AtScale work = heaps
                        ? new HeapSearch(
                                settings.heaps(),
                                new HeapTrials(
                                        PipelineRuns.projectWorkFolder().resolveSibling("bin/pipeline"),
                                        settings.cores(),
                                        runs.temporaryFolder(),
                                        logs,
                                        usage,
                                        progress),
                                file,
                                progress)
                        : new Rounds(settings, runs, programs, jobMeter, usage, file, progress);
                new Benchmark(settings, runs, programs, file, progress).run(work);
            }
        }
    }

    /** Writes and prints the page that the files tell. */
    private static void write(Path page, List<Path> files) throws IOException {
        Path changes = PipelineRuns.projectWorkFolder().resolveSibling("jobs/benchmark/CHANGES.md");
        String text = ResultsPage.of(
                Results.read(files), Files.exists(changes) ? Optional.of(Files.readString(changes)) : Optional.empty());
        Files.createDirectories(page.getParent());
        Files.writeString(page, text);
        System.out.print(text);
        System.err.println("page          " + page);
        files.forEach(file -> System.err.println("measurements  " + file));
    }
}
