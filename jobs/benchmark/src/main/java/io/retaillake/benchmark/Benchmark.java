package io.retaillake.benchmark;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.local.PipelineRuns;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** All rounds at all scales. Within a round the contestants run one after the other, each round beginning with another. */
final class Benchmark {

    private static final int DISAGREEMENT = 3;
    private static final long SEED = 1;

    private final BenchmarkSettings settings;
    private final PipelineRuns runs;
    private final JobMeter jobMeter;
    private final ChildUsage usage;
    private final Measurements measurements;
    private final ProgressLines progress;
    private final Programs programs;
    private final List<String> notes = new ArrayList<>();

    /** Reads the options of a source as jobs are given them. */
    @Command(name = "source")
    private static final class SourceCommand {
        @Mixin
        private SourceArguments source;
    }

    Benchmark(
            BenchmarkSettings settings,
            PipelineRuns runs,
            JobMeter jobMeter,
            ChildUsage usage,
            Measurements measurements,
            ProgressLines progress) {
        this.settings = settings;
        this.runs = runs;
        this.jobMeter = jobMeter;
        this.usage = usage;
        this.measurements = measurements;
        this.progress = progress;
        this.programs = new Programs(settings, runs);
    }

    /**
     * Runs everything and returns the page of results.
     *
     * @throws CommandException if a contestant fails, or if what they wrote differs
     */
    String run() throws InterruptedException {
        String server = "";
        for (double scale : settings.scales()) {
            if (settings.ownSource().isEmpty()) {
                progress.note("scale " + scale + ": the database");
                try (PipelineRuns.Source source = runs.generated(scale, settings.dirtyRate(), SEED)) {
                    server = atScale(scale, source.options());
                }
            } else {
                server = atScale(scale, settings.ownSource());
            }
        }
        return new ResultsPage(
                        measurements.all(),
                        Machine.describe(programs.libraries(), programs.sparkJars(), server),
                        settings,
                        notes,
                        LocalDate.now(ZoneOffset.UTC))
                .text();
    }

    /** Returns the database server's version. */
    private String atScale(double scale, List<String> sourceOptions) throws InterruptedException {
        SourceArguments source = source(sourceOptions);
        try (SourceMeter meter = SourceMeter.watch(source)) {
            // Counting warms the cache for whoever comes first.
            long purchases = source.purchases();
            progress.note(String.format(Locale.ROOT, "scale %s: %,d purchases", scale, purchases));
            warmUp(sourceOptions);
            for (int number = 1; number <= settings.rounds(); number++) {
                progress.note("scale " + scale + ", round " + number + " of " + settings.rounds());
                play(new Round(scale, number, purchases, usage, meter, measurements, progress), sourceOptions);
            }
            return source.serverVersion();
        } catch (SQLException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, "the source cannot be read: " + e.getMessage(), e);
        }
    }

    /** Else the first round would also archive the classes that all Spark processes share. */
    private void warmUp(List<String> sourceOptions) throws InterruptedException {
        Path lake = runs.temporaryFolder().resolve("warm-up");
        runs.warmUp(lake, sourceOptions);
        Folders.delete(lake);
    }

    private void play(Round round, List<String> sourceOptions) throws InterruptedException {
        Path folder = runs.temporaryFolder().resolve("round");
        Map<Contestant, MartTotals> totals = new EnumMap<>(Contestant.class);
        for (Contestant contestant : order(round.number())) {
            Path own = folder.resolve(contestant.option());
            switch (contestant) {
                case OURS -> {
                    runPipeline(round, Contestant.OURS, own, List.of(), sourceOptions);
                    totals.put(contestant, MartTotals.ofCsv(runs.query(own, MartTotals.QUERY_OF_OURS)));
                }
                case OLD -> totals.put(contestant, programs.oldWay(round, own, sourceOptions));
                case DUCKDB -> totals.put(contestant, programs.duckDb(round, own, sourceOptions));
                default -> throw new IllegalStateException(contestant.name());
            }
            if (contestant != Contestant.OURS) {
                Folders.delete(own);
            }
        }
        compare(round, totals);
        Path lake = folder.resolve(Contestant.OURS.option());
        if (settings.contestants().contains(Contestant.FLOOR)) {
            programs.floor(round, lake, totals.containsKey(Contestant.OURS), sourceOptions);
        }
        if (settings.contestants().contains(Contestant.MONTH)) {
            List<String> window = List.of("--from", settings.month(), "--to", settings.month());
            runPipeline(round, Contestant.MONTH, lake, window, sourceOptions);
        }
        Folders.delete(folder);
    }

    /** Those who write the tables, beginning with another one in each round. */
    private List<Contestant> order(int round) {
        List<Contestant> order = new ArrayList<>(List.of(Contestant.OURS, Contestant.OLD, Contestant.DUCKDB));
        order.retainAll(settings.contestants());
        Collections.rotate(order, 1 - round);
        return order;
    }

    private void runPipeline(
            Round round, Contestant contestant, Path lake, List<String> window, List<String> sourceOptions)
            throws InterruptedException {
        jobMeter.measure(round, contestant, lake);
        String runId = contestant.option() + "-" + round.number();
        round.whole(contestant, lake, () -> runs.run(lake, runId, window, sourceOptions));
        jobMeter.pause();
    }

    private void compare(Round round, Map<Contestant, MartTotals> totals) {
        MartTotals ours = totals.get(Contestant.OURS);
        if (ours == null || totals.size() == 1) {
            return;
        }
        List<String> differences = new ArrayList<>();
        List<String> agree = new ArrayList<>();
        totals.forEach((contestant, theirs) -> {
            boolean exactly = contestant == Contestant.DUCKDB;
            if (contestant == Contestant.OLD && ours.rejects() > 0) {
                progress.note("  the old way keeps what is invalid, so its figures are not compared");
            } else if (contestant != Contestant.OURS) {
                differences.addAll(ours.differences("ours", theirs, contestant.title(), exactly));
                agree.add(contestant.title() + " (" + theirs.byTable().size() + " totals)");
            }
        });
        if (!differences.isEmpty()) {
            throw new CommandException(DISAGREEMENT, differences);
        }
        String note = String.format(
                Locale.ROOT,
                "scale %s, round %d: ours agree with %s",
                round.scale(),
                round.number(),
                String.join(", ", agree));
        notes.add(note);
        progress.note("  " + note);
    }

    private static SourceArguments source(List<String> options) {
        SourceCommand command = new SourceCommand();
        List<String> problems = Arguments.problems(Arguments.commandLine(command), options.toArray(String[]::new));
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        return command.source;
    }
}
