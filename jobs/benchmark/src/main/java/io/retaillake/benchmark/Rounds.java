package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.Window;
import io.retaillake.local.PipelineRuns;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** All rounds at one scale. Within a round the contestants run one after the other, each round beginning with another. */
final class Rounds implements Benchmark.AtScale {

    private static final int DISAGREEMENT = 3;

    private final BenchmarkSettings settings;
    private final PipelineRuns runs;
    private final Programs programs;
    private final JobMeter jobMeter;
    private final ChildUsage usage;
    private final ResultsFile file;
    private final Measurements measurements;
    private final ProgressLines progress;

    Rounds(
            BenchmarkSettings settings,
            PipelineRuns runs,
            Programs programs,
            JobMeter jobMeter,
            ChildUsage usage,
            ResultsFile file,
            ProgressLines progress) {
        this.settings = settings;
        this.runs = runs;
        this.programs = programs;
        this.jobMeter = jobMeter;
        this.usage = usage;
        this.file = file;
        this.measurements = new Measurements(file, progress);
        this.progress = progress;
    }

    /**
     * Plays them.
     *
     * @throws CommandException if a contestant fails, or if what they wrote differs
     */
    @Override
    public void measure(double scale, MeasuredSource source, long purchases, List<String> sourceOptions)
            throws InterruptedException {
        try (SourceMeter meter = SourceMeter.watch(source)) {
            for (int number = 1; number <= settings.rounds(); number++) {
                progress.note("scale " + Markdown.scale(scale) + ", round " + number + " of " + settings.rounds());
                Round round =
                        new Round(scale, number, purchases, usage, meter, measurements, progress, System.nanoTime());
                play(round, sourceOptions);
            }
        }
    }

    private void play(Round round, List<String> sourceOptions) throws InterruptedException {
        Path folder = runs.temporaryFolder().resolve("round");
        Map<Contestant, MartTotals> totals = new EnumMap<>(Contestant.class);
        for (Contestant contestant : order(round.number())) {
            Path own = folder.resolve(contestant.option());
            switch (contestant) {
                case OURS -> {
                    runPipeline(round, Contestant.OURS, own, Window.all(), sourceOptions);
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
            YearMonth month = YearMonth.parse(settings.month());
            runPipeline(round, Contestant.MONTH, lake, new Window(month, month), sourceOptions);
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

    private void runPipeline(Round round, Contestant contestant, Path lake, Window window, List<String> sourceOptions)
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
        List<String> findings = new ArrayList<>();
        totals.forEach((contestant, theirs) -> {
            if (contestant == Contestant.OLD && ours.rejects() > 0) {
                findings.add("not compared with the old way, which keeps what we reject");
            } else if (contestant != Contestant.OURS) {
                differences.addAll(
                        ours.differences("ours", theirs, contestant.title(), contestant == Contestant.DUCKDB));
                findings.add("ours agree with " + contestant.title() + " ("
                        + theirs.byTable().size() + " totals)");
            }
        });
        if (!differences.isEmpty()) {
            throw new CommandException(DISAGREEMENT, differences);
        }
        if (ours.rejects() > 0) {
            findings.add("rows rejected: " + ours.rejects());
        }
        String finding = "scale " + Markdown.scale(round.scale()) + ", round " + round.number() + ": "
                + String.join("; ", findings);
        file.compared(finding);
        progress.note("  " + finding);
    }
}
