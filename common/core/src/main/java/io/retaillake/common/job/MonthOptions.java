package io.retaillake.common.job;

import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The options that say which months a job or a command works on. */
public final class MonthOptions {

    private static final int LAST_YEAR = 9999;

    @Option(
            names = "--from",
            paramLabel = "yyyy-MM",
            description = "First business month to work on; with --to. Neither: everything.")
    private String from;

    @Option(names = "--to", paramLabel = "yyyy-MM", description = "Last business month to work on, inclusive.")
    private String to;

    /** Whether any month is named. */
    public boolean areGiven() {
        return from != null || to != null;
    }

    /** The months, or nothing after telling {@code problems} what is wrong with them. */
    public Optional<Window> window(Consumer<String> problems) {
        if (!areGiven()) {
            return Optional.of(Window.all());
        }
        Optional<YearMonth> first = month("--from", from, problems);
        Optional<YearMonth> last = month("--to", to, problems);
        if (from == null || to == null) {
            problems.accept("--from and --to go together; only " + (from == null ? "--to" : "--from") + " is given");
        }
        if (first.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        if (first.get().isAfter(last.get())) {
            problems.accept("--from " + from + " is after --to " + to + "; swap them");
            return Optional.empty();
        }
        return Optional.of(new Window(first.get(), last.get()));
    }

    /** What names these months on a command line; empty for everything. */
    public static List<String> arguments(Window window) {
        return window.isAll()
                ? List.of()
                : List.of(
                        "--from", window.from().toString(), "--to", window.to().toString());
    }

    private static Optional<YearMonth> month(String option, String text, Consumer<String> problems) {
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
        problems.accept(option + " is '" + text + "'; give a month like 2015-03");
        return Optional.empty();
    }
}
