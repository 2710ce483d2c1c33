package io.retaillake.executions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The states of an execution, one line each: how far they are, for how long, and the Glue run behind them. */
final class StatusTable {

    private StatusTable() {}

    /** The execution's own line, then its states'. */
    static List<String> lines(String name, Timeline timeline, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(name + "  " + timeline.status() + "  " + Durations.text(timeline.duration(now)));
        List<Step> steps = timeline.steps().stream()
                .filter(step -> step.kind() != Step.Kind.OTHER || step.isUnfinished())
                .toList();
        int width =
                steps.stream().mapToInt(step -> indented(step).length()).max().orElse(0);
        for (Step step : steps) {
            String line = String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %-9s  %8s  %s",
                    indented(step),
                    step.status().text(),
                    Durations.text(step.duration(now)),
                    detail(step));
            lines.add(line.stripTrailing());
        }
        return lines;
    }

    private static String indented(Step step) {
        return "  ".repeat(step.depth() + 1) + step.label();
    }

    private static String detail(Step step) {
        List<String> details = new ArrayList<>();
        if (step.kind() == Step.Kind.MAP && step.iterations() > 0) {
            details.add(step.iterationsSucceeded() + " of " + step.iterations());
        }
        if (step.attempts() > 1) {
            details.add("attempt " + step.attempts());
        }
        step.glueRun().ifPresent(run -> details.add(run.id()));
        step.failure().ifPresent(failure -> details.add(failure.inOneLine()));
        return String.join("  ", details);
    }
}
