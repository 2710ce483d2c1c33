package io.retaillake.benchmark;

import io.retaillake.local.HeapSize;
import io.retaillake.local.OwnSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code bin/benchmark}. */
@Command(
        name = "bin/benchmark",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "",
            "Measures on one database, in turns: the jobs as bin/pipeline runs them; the pipeline that they replace; DuckDB;"
                    + " and the least that anybody must do. Compares what they wrote, and writes a page of results.",
            ""
        },
        footer = {
            "",
            "Exit code: 0 done, 2 bad arguments, 3 contestants disagree, 4 an outside system failed, 1 a defect."
        })
final class BenchmarkOptions {

    /** The months that the jobs take: of the years 1 to 9999. */
    private static final Pattern MONTH = Pattern.compile("(?!0000)[0-9]{4}-(0[1-9]|1[0-2])");

    private static final double MAXIMUM_SCALE = 100;
    private static final double OWN_SCALE = 0;
    private static final long MIB_PER_GIB = 1024;

    @Option(
            names = "--scales",
            paramLabel = "F",
            split = ",",
            defaultValue = "0.1",
            description = "sizes of the generated data, e.g. 0.1,0.25,0.5,1,2; 1 is 28,593,030 purchases"
                    + " (default: ${DEFAULT-VALUE})")
    private List<Double> scales = new ArrayList<>();

    @Option(
            names = "--dirty-rate",
            paramLabel = "F",
            defaultValue = "0",
            description = "share of purchases with defects that are added (default: ${DEFAULT-VALUE})")
    private double dirtyRate;

    @Mixin
    private final MeasuringOptions measuring = new MeasuringOptions(3, "4g");

    @Option(
            names = "--contestants",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "ours,month,old,duckdb,floor",
            description = "who runs (default: ${DEFAULT-VALUE}); month is one month of ours again")
    private List<String> contestants = new ArrayList<>();

    @Option(
            names = "--month",
            paramLabel = "yyyy-MM",
            defaultValue = "2015-12",
            description = "the month that is run again (default: ${DEFAULT-VALUE})")
    private String month;

    @Option(
            names = "--heaps",
            paramLabel = "SIZE",
            split = ",",
            description =
                    "instead of measuring times: find the smallest of these heaps with which the pipeline finishes,"
                            + " e.g. 512m,768m,1g,2g,4g")
    private List<String> heaps = new ArrayList<>();

    @Option(
            names = "--render",
            paramLabel = "FILE",
            split = ",",
            description =
                    "instead of measuring: make the page again from the .csv files of earlier runs on one machine")
    private List<Path> rendered = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "the page of results (default: .work/benchmark.md); the measurements go beside it, as .csv")
    private Path out;

    @ArgGroup(exclusive = false, validate = false, heading = "%nYour own database, instead of generated data:%n")
    private OwnSource own = new OwnSource();

    /** The settings; what is wrong goes to {@code problems}. */
    BenchmarkSettings settings(Path workFolder, List<String> problems) {
        scales.stream()
                .filter(scale -> !(scale > 0 && scale <= MAXIMUM_SCALE))
                .forEach(scale ->
                        problems.add("--scales has " + scale + "; give numbers above 0 and up to " + MAXIMUM_SCALE));
        if (!(dirtyRate >= 0 && dirtyRate <= 1)) {
            problems.add("--dirty-rate is " + dirtyRate + "; give a share from 0 to 1");
        }
        measuring.check(problems);
        if (!MONTH.matcher(month).matches()) {
            problems.add("--month is '" + month + "'; give a month like 2015-12");
        }
        boolean isOwn = MeasuredSource.isGiven(own, problems);
        return new BenchmarkSettings(
                isOwn ? List.of(OWN_SCALE) : scales.stream().distinct().sorted().toList(),
                dirtyRate,
                measuring.rounds(),
                measuring.cores(),
                measuring.memory(),
                chosen(problems),
                month,
                isOwn ? own.options() : List.of(),
                heapsMib(problems),
                rendered,
                (out == null ? workFolder.resolve("benchmark.md") : out)
                        .toAbsolutePath()
                        .normalize());
    }

    private List<Long> heapsMib(List<String> problems) {
        List<Long> all = new ArrayList<>();
        for (String heap : heaps) {
            Optional<String> problem = HeapSize.problemOfTrial(heap);
            if (problem.isEmpty()) {
                long number = Long.parseLong(heap.substring(0, heap.length() - 1));
                all.add(heap.toLowerCase(Locale.ROOT).endsWith("g") ? number * MIB_PER_GIB : number);
            } else {
                problems.add("--heaps has '" + heap + "'; " + problem.get());
            }
        }
        if (!heaps.isEmpty() && !rendered.isEmpty()) {
            problems.add("--heaps measures and --render does not; give one of them");
        }
        return all.stream().distinct().sorted().toList();
    }

    private Set<Contestant> chosen(List<String> problems) {
        Set<Contestant> chosen = EnumSet.noneOf(Contestant.class);
        for (String name : contestants) {
            Optional<Contestant> contestant = Contestant.named(name);
            contestant.ifPresent(chosen::add);
            if (contestant.isEmpty()) {
                problems.add("--contestants has '" + name + "'; there are ours, month, old, duckdb, floor");
            }
        }
        if (chosen.contains(Contestant.MONTH) && !chosen.contains(Contestant.OURS)) {
            problems.add("--contestants has month without ours, which it begins with");
        }
        return chosen;
    }
}
