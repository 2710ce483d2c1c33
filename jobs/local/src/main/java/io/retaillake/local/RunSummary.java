package io.retaillake.local;

import io.retaillake.common.registry.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** The table of what each job took, as wide as a terminal of 80 columns. */
final class RunSummary {

    private static final String HEADER = String.format(
            Locale.ROOT,
            "%-18s %9s %7s %7s %12s %10s %10s",
            "job",
            "process s",
            "start s",
            "own s",
            "rows",
            "rows/s",
            "memory MiB");

    private RunSummary() {}

    /** The table's lines. Preparing the source is shown, but is not part of the total: no real source needs it. */
    static List<String> lines(List<JobOutcome> outcomes) {
        List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        outcomes.forEach(outcome -> lines.add(line(outcome)));
        lines.add(String.format(
                Locale.ROOT,
                "%-18s %9.1f %7.1f %7.1f",
                "total",
                sum(outcomes, JobOutcome::processSeconds),
                sum(outcomes, outcome -> startSeconds(outcome).orElse(0)),
                sum(
                        outcomes,
                        outcome -> outcome.finished()
                                .map(JobLine.Finished::seconds)
                                .orElse(0.0))));
        return lines;
    }

    private static String line(JobOutcome outcome) {
        String name = outcome.job().name();
        return outcome.finished()
                .map(end -> String.format(
                        Locale.ROOT,
                        "%-18s %9.1f %7.1f %7.1f %s %,10d",
                        name,
                        outcome.processSeconds(),
                        startSeconds(outcome).orElse(0),
                        end.seconds(),
                        rows(end),
                        end.peakMemoryMib()))
                .orElseGet(() -> String.format(Locale.ROOT, "%-18s %9.1f", name, outcome.processSeconds()));
    }

    private static String rows(JobLine.Finished end) {
        return end.publishedBefore()
                ? String.format(Locale.ROOT, "%23s", "published before")
                : String.format(
                        Locale.ROOT, "%,12d %,10.0f", end.rows(), end.seconds() > 0 ? end.rows() / end.seconds() : 0);
    }

    private static OptionalDouble startSeconds(JobOutcome outcome) {
        return outcome.finished()
                .map(end -> OptionalDouble.of(Math.max(0, outcome.processSeconds() - end.seconds())))
                .orElseGet(OptionalDouble::empty);
    }

    private static double sum(List<JobOutcome> outcomes, ToDoubleFunction<JobOutcome> seconds) {
        return outcomes.stream()
                .filter(outcome -> outcome.job().stage() != Stage.SOURCE)
                .mapToDouble(seconds)
                .sum();
    }
}
