package io.retaillake.executions;

import io.retaillake.common.job.Window;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an execution of the pipeline is called: {@code all}, {@code 2015-01} or {@code 2015-01_2015-03}, and {@code -r2},
 * {@code -r3}, … behind it where the window ran before. The schedule names its executions in the same way, so that a month does
 * not run twice by accident.
 *
 * @param window the months that the execution (re)builds
 * @param run 1 for the window's first execution
 */
record ExecutionName(Window window, int run) {

    private static final String MONTH = "[0-9]{4}-[0-9]{2}";
    private static final Pattern NAME =
            Pattern.compile("(?:all|(?<from>" + MONTH + ")(?:_(?<to>" + MONTH + "))?)(?:-r(?<run>[1-9][0-9]{0,5}))?");

    /** The first execution of {@code window}. */
    static ExecutionName first(Window window) {
        return new ExecutionName(window, 1);
    }

    /** What {@code name} stands for; nothing if it was not made up in this way. */
    static Optional<ExecutionName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            ExecutionName parsed = new ExecutionName(
                    window(matcher.group("from"), matcher.group("to")),
                    matcher.group("run") == null ? 1 : Integer.parseInt(matcher.group("run")));
            return parsed.text().equals(name) ? Optional.of(parsed) : Optional.empty();
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Window window(String from, String to) {
        if (from == null) {
            return Window.all();
        }
        return new Window(YearMonth.parse(from), YearMonth.parse(to == null ? from : to));
    }

    /** The same window's execution after this one. */
    ExecutionName next() {
        return new ExecutionName(window, run + 1);
    }

    /** The name as Step Functions knows it. */
    String text() {
        return months() + (run == 1 ? "" : "-r" + run);
    }

    private String months() {
        if (window.isAll()) {
            return "all";
        }
        return window.from().equals(window.to()) ? window.from().toString() : window.from() + "_" + window.to();
    }

    /** The input with which the pipeline works on this window. */
    String input() {
        return window.isAll()
                ? "{\"window\": \"all\"}"
                : "{\"from\": \"" + window.from() + "\", \"to\": \"" + window.to() + "\"}";
    }
}
