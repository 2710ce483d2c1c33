package io.retaillake.jobs.gold;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** The rows of {@code gold.affiliate_overview}: each affiliate's months, and its whole period, which adds up from them. */
final class OverviewRows {

    private record Key(String affiliate, YearMonth month) {}

    private OverviewRows() {}

    /**
     * By affiliate and month, the whole period last.
     *
     * @param figures of each affiliate's months, each perhaps in several parts; and, without a month and lines, of its whole period's
     *     customers
     * @param corrections what to add to an affiliate's receipts of all months to have different ones
     */
    static List<Row> of(List<OverviewMeasures> figures, Map<String, Long> corrections) {
        Map<Key, OverviewMeasures> rows =
                new TreeMap<>(comparing(Key::affiliate).thenComparing(Key::month, nullsLast(naturalOrder())));
        figures.forEach(part -> rows.merge(new Key(part.affiliate(), part.month()), part, OverviewMeasures::plus));
        Map<String, OverviewMeasures> wholePeriods = new TreeMap<>();
        rows.forEach((key, row) -> wholePeriods.merge(
                key.affiliate(), row.ofWholePeriod(key.month() == null ? row.customers() : 0), OverviewMeasures::plus));
        wholePeriods.forEach((affiliate, whole) -> rows.put(
                new Key(affiliate, null),
                whole.plus(OverviewMeasures.numbers(affiliate, null, corrections.getOrDefault(affiliate, 0L), 0))));
        return rows.values().stream().map(OverviewMeasures::row).toList();
    }
}
