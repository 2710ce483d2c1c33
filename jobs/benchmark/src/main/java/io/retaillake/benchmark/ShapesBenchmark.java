package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.CommandMain;
import io.retaillake.local.PipelineRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** {@code bin/benchmark --shapes}: the jobs, and DuckDB, on each {@link Shape} of a source in turn. */
public final class ShapesBenchmark {

    private final ShapesOptions options;
    private final Path workFolder = PipelineRuns.projectWorkFolder();
    private final Map<Shape, Results> results = new EnumMap<>(Shape.class);
    private final Map<Shape, String> failures = new EnumMap<>(Shape.class);

    private ShapesBenchmark(ShapesOptions options) {
        this.options = options;
    }

    /** Exits with 0 when everybody has run on every shape and all agree. */
    public static void main(String[] arguments) throws Exception {
        ShapesOptions options = new ShapesOptions();
        CommandMain.run(options, arguments, options::shapes, shapes -> new ShapesBenchmark(options).run(shapes));
    }

    private int run(List<Shape> shapes) throws IOException, InterruptedException {
        int exitCode = 0;
        for (Shape shape : shapes) {
            try {
                measure(shape);
            } catch (CommandException failure) {
                // The other shapes say something, too.
                failures.put(shape, failure.getMessage().replaceAll("\\s+", " "));
                exitCode = Math.max(exitCode, failure.exitCode());
            }
            writePage();
        }
        System.out.print(Files.readString(options.page(workFolder)));
        return exitCode;
    }

    private void measure(Shape shape) throws InterruptedException {
        Path logs = workFolder.resolve("logs/shapes-" + ProcessHandle.current().pid());
        try (ProgressLines progress = new ProgressLines();
                ChildUsage usage = ChildUsage.watch()) {
            JobMeter jobMeter = new JobMeter(progress);
            try (PipelineRuns runs = begin(logs, jobMeter)) {
                Thread interrupt = new Thread(runs::close, "interrupt");
                Runtime.getRuntime().addShutdownHook(interrupt);
                progress.note(shape.title() + ": the database");
                try (ShapeDatabase source =
                        ShapeDatabase.start(shape, workFolder.resolve("database"), runs.temporaryFolder())) {
                    BenchmarkSettings settings = options.settings(shape, source.options(), workFolder);
                    Programs programs = new Programs(settings, runs);
                    ResultsFile file = new ResultsFile(settings.rawFile(), Measurement.CSV_HEADER);
                    new Benchmark(settings, runs, programs, file, progress)
                            .run(new Rounds(settings, runs, programs, jobMeter, usage, file, progress));
                    results.put(shape, Results.read(List.of(settings.rawFile())));
                }
                Runtime.getRuntime().removeShutdownHook(interrupt);
            }
        }
    }

    private PipelineRuns begin(Path logs, JobMeter jobMeter) {
        return options.executors() == 0
                ? PipelineRuns.begin(options.cores(), options.memory(), logs, jobMeter)
                : PipelineRuns.beginCluster(options.executors(), options.cores(), options.memory(), logs, jobMeter);
    }

    private void writePage() throws IOException {
        List<String> conditions = new ArrayList<>(List.of(
                options.cores() + " tasks at once", options.memory() + " of heap", "one database on the same machine"));
        if (options.executors() > 0) {
            conditions.set(0, options.executors() + " executors of " + options.cores() + " tasks each");
        }
        Path page = options.page(workFolder);
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(page, ShapesPage.of(results, failures, String.join(", ", conditions) + "."));
    }
}
