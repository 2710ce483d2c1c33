package io.retaillake.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Who is how many times as fast, how times grow with the data, and what starting costs. */
final class RatioTables {

    private static final List<Contestant> GROWING = List.of(Contestant.OURS, Contestant.OLD, Contestant.DUCKDB);
    private static final int RATIO_DECIMALS = 2;
    private static final String NOT_MEASURED = "–";

    private final Results results;
    private final Markdown page;

    private record Growth(double smaller, double larger) {}

    RatioTables(Results results, Markdown page) {
        this.results = results;
        this.page = page;
    }

    void write() {
        ratios();
        if (results.scales().size() > 1) {
            growths();
        }
        startUp();
    }

    private void ratios() {
        page.heading("Ratios");
        page.paragraph(
                "Of the same round's seconds. The marks are for scale 1 on two cores. Six marts: from the beginning of the"
                        + " first to the end of the last. Start-up: all that a Spark job takes that does nothing.");
        List<String> names = new ArrayList<>(List.of("mark", "stretch"));
        results.scales().forEach(scale -> names.add("scale " + Markdown.scale(scale)));
        page.table("", names);
        for (Mark mark : Mark.ALL) {
            List<String> cells = new ArrayList<>(
                    List.of("≤ " + Markdown.number(mark.mark(), 2), Markdown.number(mark.stretch(), 2)));
            results.scales().forEach(scale -> cells.add(ratio(mark, scale)));
            page.row(mark.title(), cells);
        }
    }

    private String ratio(Mark mark, double scale) {
        List<Double> ratios = results.rounds(scale).stream()
                .map(round -> mark.ratio().apply(results.round(scale, round)))
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
        return ratios.isEmpty() ? NOT_MEASURED : Spread.of(ratios).text(RATIO_DECIMALS);
    }

    private void growths() {
        page.heading("Growth");
        page.paragraph(
                "A scale's seconds in all by a smaller scale's. No round has both, so the ratio is of the medians, and in"
                        + " parentheses stand the least by the most and the most by the least.");
        List<String> names = new ArrayList<>(List.of("rows", "mark", "stretch"));
        GROWING.forEach(contestant -> names.add(contestant.title()));
        page.table("", names);
        for (Growth growth : pairs()) {
            boolean hasMark = growth.smaller == 1 && growth.larger == 2;
            List<String> cells = new ArrayList<>(List.of(
                    Markdown.number((double) purchases(growth.larger) / purchases(growth.smaller), 2),
                    hasMark ? "≤ " + Markdown.number(Mark.TWICE_MARK, 2) : "",
                    hasMark ? Markdown.number(Mark.TWICE_STRETCH, 2) : ""));
            GROWING.forEach(contestant -> cells.add(growth(growth, contestant)));
            page.row(
                    "time at " + Markdown.scale(growth.larger) + " ÷ time at " + Markdown.scale(growth.smaller), cells);
        }
    }

    /** Every scale with the one before it, and those that the mark is about. */
    private Set<Growth> pairs() {
        List<Double> scales = results.scales();
        Set<Growth> pairs = new LinkedHashSet<>();
        for (int i = 1; i < scales.size(); i++) {
            pairs.add(new Growth(scales.get(i - 1), scales.get(i)));
        }
        if (scales.contains(1.0) && scales.contains(2.0)) {
            pairs.add(new Growth(1, 2));
        }
        return pairs;
    }

    private String growth(Growth growth, Contestant contestant) {
        List<Measurement> before = results.of(growth.smaller, contestant, Measurement.WHOLE);
        List<Measurement> after = results.of(growth.larger, contestant, Measurement.WHOLE);
        return before.isEmpty() || after.isEmpty()
                ? NOT_MEASURED
                : Spread.of(after, Measurement::seconds)
                        .dividedBy(Spread.of(before, Measurement::seconds))
                        .text(RATIO_DECIMALS);
    }

    private long purchases(double scale) {
        return results.measurements().stream()
                .filter(one -> one.scale() == scale && one.isWhole())
                .mapToLong(Measurement::rows)
                .findFirst()
                .orElse(0);
    }

    private void startUp() {
        page.heading("Start-up");
        page.paragraph(
                "Seconds in all of the processes' starts and ends, before and after the steps' own times. Every step of the"
                        + " old way is a process, ours are one, DuckDB's are one.");
        page.table(
                "",
                results.scales().stream()
                        .map(scale -> "scale " + Markdown.scale(scale))
                        .toList());
        for (Contestant contestant : Contestant.values()) {
            startUp(contestant.title(), contestant, Measurement.WHOLE, false);
        }
        startUp("a Spark job that does nothing, all of it", Contestant.FLOOR, EmptySparkJob.STEP, true);
    }

    private void startUp(String title, Contestant contestant, String step, boolean withItsOwnTime) {
        List<String> cells = results.scales().stream()
                .map(scale -> results.of(scale, contestant, step))
                .map(rounds -> rounds.isEmpty()
                        ? NOT_MEASURED
                        : Spread.of(rounds, one -> one.startSeconds() + (withItsOwnTime ? one.seconds() : 0))
                                .text(1))
                .toList();
        if (!cells.stream().allMatch(NOT_MEASURED::equals)) {
            page.row(title, cells);
        }
    }
}
