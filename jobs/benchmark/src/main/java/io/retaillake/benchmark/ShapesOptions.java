package io.retaillake.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line of {@code bin/benchmark --shapes}. */
@Command(
        name = "bin/benchmark --shapes",
        sortOptions = false,
        description = {
            "",
            "Runs the jobs, and DuckDB beside them, on sources whose purchases lie in other ways than the retail group's, and"
                    + " tells seconds, tasks and memory of each.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 done, 2 bad arguments, 3 contestants disagree, 4 an outside system failed, 1 a defect."
        })
final class ShapesOptions {

    @Parameters(
            arity = "0..*",
            paramLabel = "SHAPE",
            description = "even, skewed, affiliates, members, spanning, month (default: all)")
    private List<String> shapes = new ArrayList<>();

    @Mixin
    private final MeasuringOptions measuring = new MeasuringOptions(1, "1g");

    @Option(
            names = "--executors",
            paramLabel = "N",
            defaultValue = "0",
            description = "executors of a process each, with these cores and this memory each"
                    + " (default: none; tasks run in the driver)")
    private int executors;

    @Option(names = "--no-duckdb", description = "without DuckDB")
    private boolean withoutDuckDb;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "the page of results (default: .work/shapes.md); each shape's measurements go beside it, as .csv")
    private Path out;

    /** The shapes to measure; what is wrong with any option goes to {@code problems}. */
    List<Shape> shapes(List<String> problems) {
        measuring.check(problems);
        if (executors < 0) {
            problems.add("--executors is " + executors + "; give 0 or more");
        }
        List<Shape> known = new ArrayList<>();
        for (String name : shapes) {
            Optional<Shape> shape = Shape.named(name);
            shape.ifPresentOrElse(
                    known::add,
                    () -> problems.add("'" + name + "' is no shape; give some of even, skewed, affiliates, members,"
                            + " spanning, month, or none for all"));
        }
        return shapes.isEmpty() ? List.of(Shape.values()) : known;
    }

    int cores() {
        return measuring.cores();
    }

    String memory() {
        return measuring.memory();
    }

    int executors() {
        return executors;
    }

    /** The page of results. */
    Path page(Path workFolder) {
        return out == null ? workFolder.resolve("shapes.md") : out;
    }

    /** How a shape's database is measured. */
    BenchmarkSettings settings(Shape shape, List<String> source, Path workFolder) {
        Path page = page(workFolder);
        String name = page.getFileName().toString().replaceFirst("\\.md$", "") + "-" + shape.option() + ".md";
        return new BenchmarkSettings(
                List.of(0.0),
                0,
                measuring.rounds(),
                measuring.cores(),
                measuring.memory(),
                withoutDuckDb ? Set.of(Contestant.OURS) : Set.of(Contestant.OURS, Contestant.DUCKDB),
                "2014-01",
                source,
                List.of(),
                List.of(),
                page.resolveSibling(name));
    }
}
