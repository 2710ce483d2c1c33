package io.retaillake.executions;

import io.retaillake.common.job.Window;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --from} and {@code --to}. */
final class MonthsOptions {

    private static final int LAST_YEAR = 9999;

    @Option(names = "--from", paramLabel = "yyyy-MM", description = "first business month")
    private String from;

    @Option(names = "--to", paramLabel = "yyyy-MM", description = "last business month, inclusive")
    private String to;

    boolean areGiven() {
        return from != null || to != null;
    }

    /** The months, or nothing after adding to {@code problems} what is wrong with them. */
    Optional<Window> window(List<String> problems) {
        int before = problems.size();
        Optional<YearMonth> first = month("--from", from, problems);
        Optional<YearMonth> last = month("--to", to, problems);
        if ((from == null) != (to == null)) {
            problems.add("--from and --to go together; only " + (from == null ? "--to" : "--from") + " is given");
        } else if (first.isPresent() && last.isPresent() && first.get().isAfter(last.get())) {
            problems.add("--from " + from + " is after --to " + to + "; swap them");
        }
        return problems.size() > before || first.isEmpty() || last.isEmpty()
                ? Optional.empty()
                : Optional.of(new Window(first.get(), last.get()));
    }

    private static Optional<YearMonth> month(String option, String text, List<String> problems) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() >= 1 && month.getYear() <= LAST_YEAR) {
                return Optional.of(month);
            }
        } catch (DateTimeParseException e) {
            // Reported below, like a year out of range.
        }
        problems.add(option + " is '" + text + "'; give a month like 2015-03");
        return Optional.empty();
    }
}
