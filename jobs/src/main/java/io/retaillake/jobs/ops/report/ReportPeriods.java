package io.retaillake.jobs.ops.report;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * By what a page holds its sales, so that a reader can choose from when to when: the months that have sales, but one period for all
 * before the newest {@link #MOST}. What a page weighs grows with them.
 */
final class ReportPeriods {

    /** The most periods of a page; a customer's are kept as the bits of a number. */
    static final int MOST = 36;

    private final List<YearMonth> months;

    /**
     * A period.
     *
     * @param from its first month, as that month's first day
     * @param to its last
     */
    record Period(String from, String to) {}

    private ReportPeriods(List<YearMonth> months) {
        this.months = months;
    }

    /** Those of the months in which the days are. */
    static ReportPeriods of(Stream<LocalDate> days) {
        return new ReportPeriods(days.map(YearMonth::from).distinct().sorted().toList());
    }

    int size() {
        return Math.min(MOST, months.size());
    }

    List<YearMonth> months() {
        return months;
    }

    /** In which period a month is that has sales. */
    int indexOf(YearMonth month) {
        return Math.max(0, months.indexOf(month) - earlier());
    }

    /** Whether a month is a period of its own. */
    boolean isAlone(YearMonth month) {
        return earlier() == 0 || months.indexOf(month) > earlier();
    }

    /** How many months the first period has more than the others. */
    private int earlier() {
        return months.size() - size();
    }

    List<Period> list() {
        return IntStream.range(0, size())
                .mapToObj(period ->
                        new Period(firstDay(period == 0 ? 0 : period + earlier()), firstDay(period + earlier())))
                .toList();
    }

    private String firstDay(int month) {
        return months.get(month).atDay(1).toString();
    }
}
