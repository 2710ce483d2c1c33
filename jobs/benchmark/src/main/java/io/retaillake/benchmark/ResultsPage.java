package io.retaillake.benchmark;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The page of results, in Markdown: medians of the rounds, and in parentheses the least and the most. */
final class ResultsPage {

    private static final double BYTES_PER_MB = 1e6;
    private static final double BYTES_PER_MIB = 1 << 20;
    private static final int RATIO_DECIMALS = 2;

    private final List<Measurement> all;
    private final Map<String, String> machine;
    private final BenchmarkSettings settings;
    private final List<String> comparisons;
    private final LocalDate day;
    private final StringBuilder page = new StringBuilder();

    /**
     * A page.
     *
     * @param all every measurement
     * @param machine what it was made on
     * @param comparisons what was found when the contestants' tables were compared
     * @param day when
     */
    ResultsPage(
            List<Measurement> all,
            Map<String, String> machine,
            BenchmarkSettings settings,
            List<String> comparisons,
            LocalDate day) {
        this.all = all;
        this.machine = machine;
        this.settings = settings;
        this.comparisons = comparisons;
        this.day = day;
    }

    String text() {
        line("# Benchmark");
        line("");
        line(String.format(
                Locale.ROOT,
                "%s, rounds: %d; every contestant with %d tasks or threads and %s of memory (heap or limit), on the same"
                        + " PostgreSQL on the same machine, in turns. Figures are medians of the rounds; in parentheses the"
                        + " least and the most.",
                day,
                settings.rounds(),
                settings.cores(),
                settings.memory()));
        line("");
        line("| machine | |");
        line("|---|---|");
        machine.forEach((name, value) -> line("| " + name + " | " + value + " |"));
        marks();
        for (double scale : scales()) {
            scale(scale);
        }
        line("");
        line("## What they wrote, compared");
        line("");
        line(
                "Rows, amounts, purchases, receipts and customers of every table and affiliate; the old way has four marts and"
                        + " counts no receipts, and adds up doubles, so its amounts may differ by half a hundredth of a won for each purchase.");
        line("");
        comparisons.forEach(comparison -> line("- " + comparison));
        return page.toString();
    }

    private void marks() {
        List<Double> scales = scales();
        line("");
        line("## Ratios");
        line("");
        line("Of the same round's seconds. The marks are for scale 1 on two cores.");
        line("");
        List<String> header = new ArrayList<>(List.of("", "mark", "stretch"));
        scales.forEach(scale -> header.add("scale " + scaleName(scale)));
        row(header);
        row(header.stream().map(name -> "---").toList());
        for (Mark mark : Mark.ALL) {
            List<String> cells =
                    new ArrayList<>(List.of(mark.title(), "≤ " + number(mark.mark(), 2), number(mark.stretch(), 2)));
            scales.forEach(scale -> cells.add(ratio(mark, scale)));
            row(cells);
        }
        for (int i = 1; i < scales.size(); i++) {
            growth(scales.get(i - 1), scales.get(i));
        }
    }

    /** How the whole grows from one scale to the next. */
    private void growth(double smaller, double larger) {
        List<Measurement> before = wholes(smaller, Contestant.OURS);
        List<Measurement> after = wholes(larger, Contestant.OURS);
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        boolean hasMark = smaller == 1 && larger == 2;
        double ratio = spread(after, Measurement::seconds).median()
                / spread(before, Measurement::seconds).median();
        List<String> cells = new ArrayList<>(List.of(
                "time at " + scaleName(larger) + " ÷ time at " + scaleName(smaller) + " (rows: "
                        + number((double) after.get(0).rows() / before.get(0).rows(), 2) + ")",
                hasMark ? "≤ " + number(Mark.TWICE_MARK, 2) : "",
                hasMark ? number(Mark.TWICE_STRETCH, 2) : ""));
        scales().forEach(scale -> cells.add(scale == larger ? number(ratio, RATIO_DECIMALS) : ""));
        row(cells);
    }

    private String ratio(Mark mark, double scale) {
        List<Double> ratios = all.stream()
                .filter(one -> one.scale() == scale)
                .map(Measurement::round)
                .distinct()
                .map(round -> mark.ratio().apply(round(scale, round)))
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        return ratios.isEmpty() ? "–" : Spread.of(ratios).text(RATIO_DECIMALS);
    }

    private void scale(double scale) {
        long purchases = all.stream()
                .filter(one -> one.scale() == scale && one.isWhole())
                .mapToLong(Measurement::rows)
                .findFirst()
                .orElse(0);
        line("");
        line(String.format(Locale.ROOT, "## Scale %s: %,d purchases", scaleName(scale), purchases));
        line("");
        header("in all", "of these JVMs' start");
        for (Contestant contestant : Contestant.values()) {
            List<Measurement> wholes = wholes(scale, contestant);
            if (!wholes.isEmpty()) {
                // A whole's seconds are by the clock on the wall, a step's are without its JVM's start.
                cells(contestant.title(), wholes);
            }
        }
        for (Contestant contestant : Contestant.values()) {
            steps(scale, contestant);
        }
    }

    private void steps(double scale, Contestant contestant) {
        List<String> steps = all.stream()
                .filter(one -> one.scale() == scale && one.contestant() == contestant && !one.isWhole())
                .map(Measurement::step)
                .distinct()
                .toList();
        if (steps.isEmpty()) {
            return;
        }
        line("");
        header(contestant.title(), "and JVM's start");
        for (String step : steps) {
            cells(
                    step,
                    all.stream()
                            .filter(one -> one.scale() == scale
                                    && one.contestant() == contestant
                                    && one.step().equals(step))
                            .toList());
        }
    }

    /** The columns that {@link #cells} fills. */
    private void header(String what, String start) {
        row(List.of(
                what,
                "seconds",
                start,
                "CPU s",
                "PostgreSQL's CPU s",
                "peak MiB",
                "rows/s",
                "MB written",
                "snapshot held s"));
        row(List.of("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:"));
    }

    private void cells(String name, List<Measurement> rounds) {
        row(List.of(
                name,
                spread(rounds, Measurement::seconds).text(1),
                number(spread(rounds, Measurement::startSeconds).median(), 1),
                number(spread(rounds, Measurement::cpuSeconds).median(), 1),
                number(spread(rounds, Measurement::postgresCpuSeconds).median(), 1),
                number(spread(rounds, one -> one.peakBytes() / BYTES_PER_MIB).median(), 0),
                number(
                        spread(rounds, one -> one.seconds() > 0 ? one.rows() / one.seconds() : 0)
                                .median(),
                        0),
                number(spread(rounds, one -> one.bytesWritten() / BYTES_PER_MB).median(), 1),
                number(spread(rounds, Measurement::snapshotSeconds).median(), 1)));
    }

    private List<Double> scales() {
        return all.stream().map(Measurement::scale).distinct().sorted().toList();
    }

    private List<Measurement> round(double scale, int round) {
        return all.stream()
                .filter(one -> one.scale() == scale && one.round() == round)
                .toList();
    }

    private List<Measurement> wholes(double scale, Contestant contestant) {
        return all.stream()
                .filter(one -> one.scale() == scale && one.contestant() == contestant && one.isWhole())
                .toList();
    }

    private static Spread spread(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
        return Spread.of(rounds.stream().map(value::applyAsDouble).toList());
    }

    /** A database of one's own has none. */
    private static String scaleName(double scale) {
        return scale == 0 ? "of your own" : String.valueOf(scale).replaceFirst("\\.0$", "");
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
