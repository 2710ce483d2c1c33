package io.retaillake.benchmark;

import io.retaillake.local.PipelineRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The contestants that are programs of this module, each in a process of its own. */
final class Programs {

    /** What the old way needs beside Spark: the driver, and what reads its arguments. */
    private static final List<String> OLD_WAY_LIBRARIES =
            List.of("postgresql-", "picocli-", "retail-lakehouse-core-", "retail-lakehouse-local-");

    private final BenchmarkSettings settings;
    private final PipelineRuns runs;
    private final Path jar;

    Programs(BenchmarkSettings settings, PipelineRuns runs) {
        this.settings = settings;
        this.runs = runs;
        this.jar = Path.of(URI.create(Programs.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    /** Runs the old way, job by job, and returns what its marts add up to. */
    MartTotals oldWay(Round round, Path folder, List<String> sourceOptions) throws InterruptedException {
        round.whole(Contestant.OLD, folder, () -> {
            for (String step : OldWaySteps.ALL) {
                round.process(Contestant.OLD, step, oldWay(step, folder, sourceOptions), folder, log(Contestant.OLD));
            }
        });
        StepProcess totals = StepProcess.run(oldWay(StepOptions.TOTALS, folder, sourceOptions), log(Contestant.OLD));
        return MartTotals.ofCsv(totals.standardOutput());
    }

    /** Runs DuckDB and returns what its tables add up to. */
    MartTotals duckDb(Round round, Path folder, List<String> sourceOptions) throws InterruptedException {
        round.whole(
                Contestant.DUCKDB,
                folder,
                () -> round.process(
                        Contestant.DUCKDB,
                        "everything",
                        java(DuckDbSteps.class, "everything", folder, sourceOptions),
                        folder,
                        log(Contestant.DUCKDB)));
        StepProcess totals = StepProcess.run(
                java(DuckDbSteps.class, StepOptions.TOTALS, folder, sourceOptions), log(Contestant.DUCKDB));
        return MartTotals.ofCsv(totals.standardOutput());
    }

    /** Runs what nobody can do without; the files that are copied are those of {@code lake}, if there is one. */
    void floor(Round round, Path lake, boolean isThere, List<String> sourceOptions) throws InterruptedException {
        List<String> steps = new ArrayList<>(List.of(FloorSteps.COPY_TEXT, FloorSteps.COPY_BINARY));
        if (isThere) {
            steps.add(FloorSteps.COPY_FILES);
        }
        Path copies = lake.resolveSibling("copies");
        for (String step : steps) {
            round.process(
                    Contestant.FLOOR,
                    step,
                    java(FloorSteps.class, step, lake, sourceOptions),
                    copies,
                    log(Contestant.FLOOR));
        }
        Folders.delete(copies);
        round.process(
                Contestant.FLOOR,
                EmptySparkJob.STEP,
                runs.likeAJob(
                        EmptySparkJob.class.getName(),
                        jar,
                        oldWayLibraries(),
                        arguments(EmptySparkJob.STEP, copies, sourceOptions)),
                copies,
                log(Contestant.FLOOR));
    }

    /** The folder of this module's libraries. */
    Path libraries() {
        return jar.resolveSibling("lib");
    }

    Path sparkJars() {
        return runs.sparkHome().resolve("jars");
    }

    private ProcessBuilder oldWay(String step, Path folder, List<String> sourceOptions) {
        return runs.likeAJob(
                OldWaySteps.class.getName(), jar, oldWayLibraries(), arguments(step, folder, sourceOptions));
    }

    /** A plain JVM: what moves rows here is the driver or DuckDB's own code. */
    private ProcessBuilder java(Class<?> main, String step, Path folder, List<String> sourceOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dfile.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Djava.io.tmpdir=" + runs.temporaryFolder(),
                "-cp",
                jar + ":" + libraries() + "/*",
                main.getName()));
        command.addAll(arguments(step, folder, sourceOptions));
        return new ProcessBuilder(command);
    }

    private List<String> arguments(String step, Path folder, List<String> sourceOptions) {
        return StepOptions.arguments(step, folder, settings.cores(), settings.memory(), sourceOptions);
    }

    private List<Path> oldWayLibraries() {
        try (Stream<Path> all = Files.list(libraries())) {
            return all.filter(path -> OLD_WAY_LIBRARIES.stream()
                            .anyMatch(path.getFileName().toString()::startsWith))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log(Contestant contestant) {
        return runs.logFolder().resolve(contestant.option() + ".log");
    }
}
