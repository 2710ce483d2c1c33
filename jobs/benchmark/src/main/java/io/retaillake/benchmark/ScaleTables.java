package io.retaillake.benchmark;

import java.util.List;
import java.util.Locale;

/** What every contestant's steps took at one scale. */
final class ScaleTables {

    private static final double BYTES_PER_MB = 1e6;
    private static final double BYTES_PER_MIB = 1 << 20;

    private final Results results;
    private final Markdown page;

    ScaleTables(Results results, Markdown page) {
        this.results = results;
        this.page = page;
    }

    void write(double scale) {
        long purchases = results.measurements().stream()
                .filter(one -> one.scale() == scale && one.isWhole())
                .mapToLong(Measurement::rows)
                .findFirst()
                .orElse(0);
        page.heading(String.format(
                Locale.ROOT,
                "Scale %s: %,d purchases, rounds: %d",
                Markdown.scale(scale),
                purchases,
                results.rounds(scale).size()));
        table("in all", "of these JVMs' start");
        for (Contestant contestant : Contestant.values()) {
            // A whole's seconds are by the clock on the wall, a step's are without its JVM's start.
            row(contestant.title(), results.of(scale, contestant, Measurement.WHOLE));
        }
        for (Contestant contestant : Contestant.values()) {
            List<String> steps = results.steps(scale, contestant);
            if (!steps.isEmpty()) {
                table(contestant.title(), "and JVM's start");
                steps.forEach(step -> row(step, results.of(scale, contestant, step)));
            }
        }
    }

    /** The columns that {@link #row} fills. */
    private void table(String what, String start) {
        page.table(
                what,
                List.of(
                        "seconds",
                        start,
                        "CPU s",
                        "PostgreSQL's CPU s",
                        "peak MiB",
                        "rows/s",
                        "MB written",
                        "snapshot held s"));
    }

    private void row(String name, List<Measurement> rounds) {
        if (rounds.isEmpty()) {
            return;
        }
        page.row(
                name,
                List.of(
                        Spread.of(rounds, Measurement::seconds).text(1),
                        median(Spread.of(rounds, Measurement::startSeconds), 1),
                        median(Spread.of(rounds, Measurement::cpuSeconds), 1),
                        median(Spread.of(rounds, Measurement::postgresCpuSeconds), 1),
                        median(Spread.of(rounds, one -> one.peakBytes() / BYTES_PER_MIB), 0),
                        median(Spread.of(rounds, one -> one.seconds() > 0 ? one.rows() / one.seconds() : 0), 0),
                        median(Spread.of(rounds, one -> one.bytesWritten() / BYTES_PER_MB), 1),
                        median(Spread.of(rounds, Measurement::snapshotSeconds), 1)));
    }

    private static String median(Spread spread, int decimals) {
        return Markdown.number(spread.median(), decimals);
    }
}
