package io.retaillake.common.job;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The business months that a run (re)builds, both ends inclusive; or everything.
 *
 * @param from first month; null for everything
 * @param to last month; null for everything
 */
public record Window(YearMonth from, YearMonth to) {

    private static final Window ALL = new Window(null, null);

    public Window {
        if ((from == null) != (to == null) || (from != null && from.isAfter(to))) {
            throw new IllegalArgumentException("Not a window: " + from + " to " + to);
        }
    }

    /** Every month there is. */
    public static Window all() {
        return ALL;
    }

    /** Whether this is every month there is. */
    public boolean isAll() {
        return from == null;
    }

    /** First day, or nothing where this is everything. */
    public Optional<LocalDate> firstDay() {
        return Optional.ofNullable(from).map(month -> month.atDay(1));
    }

    /** Day after the last, or nothing where this is everything. */
    public Optional<LocalDate> endDay() {
        return Optional.ofNullable(to).map(month -> month.plusMonths(1).atDay(1));
    }

    /** Whether a day is in one of the months. */
    public boolean contains(LocalDate day) {
        return isAll() || (!day.isBefore(from.atDay(1)) && !day.isAfter(to.atEndOfMonth()));
    }

    /** Whether a month is one of them. */
    public boolean contains(YearMonth month) {
        return isAll() || (!month.isBefore(from) && !month.isAfter(to));
    }

    /** The months, ascending; empty where this is everything. */
    public List<YearMonth> months() {
        return isAll()
                ? List.of()
                : Stream.iterate(from, month -> !month.isAfter(to), month -> month.plusMonths(1))
                        .toList();
    }

    /** The months as {@code yyyyMM}, ascending; empty where this is everything. */
    public List<String> sourceMonths() {
        return months().stream().map(Window::sourceMonth).toList();
    }

    /** A month as {@code yyyyMM}, whose order is that of time. */
    public static String sourceMonth(YearMonth month) {
        return month.toString().replace("-", "");
    }

    @Override
    public String toString() {
        return isAll() ? "all" : from + ".." + to;
    }
}
