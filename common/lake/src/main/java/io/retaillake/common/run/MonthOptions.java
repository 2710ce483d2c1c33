package io.retaillake.common.run;

import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.Option;

/** The options that say which months a job works on. */
public final class MonthOptions {

    private static final int LAST_YEAR = 9999;

    @Option(
            names = "--from",
            paramLabel = "<yyyy-MM>",
            description = "First business month to (re)build; with --to. Neither: everything.")
    private String from;

    @Option(names = "--to", paramLabel = "<yyyy-MM>", description = "Last business month to (re)build, inclusive.")
    private String to;

    /** The months, or null after adding to {@code problems} what is wrong with them. */
    public Window window(Problems problems) {
        int before = problems.messages().size();
        YearMonth first = month("--from", from, problems);
        YearMonth last = month("--to", to, problems);
        if ((from == null) != (to == null)) {
            problems.add((from == null ? "--from" : "--to") + " is missing; give both months or neither");
        } else if (first != null && last != null && first.isAfter(last)) {
            problems.add("--from " + first + " is after --to " + last + "; swap them");
        }
        return problems.messages().size() > before ? null : new Window(first, last);
    }

    private static YearMonth month(String option, String value, Problems problems) {
        if (value == null) {
            return null;
        }
        try {
            YearMonth month = YearMonth.parse(value);
            if (month.getYear() >= 1 && month.getYear() <= LAST_YEAR) {
                return month;
            }
        } catch (DateTimeParseException e) {
            // reported below, like a year out of range
        }
        problems.add(option + " is '" + value + "'; allowed: a month as yyyy-MM, e.g. 2015-01");
        return null;
    }
}
