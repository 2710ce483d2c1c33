package io.retaillake.jobs.ops;

import io.retaillake.common.job.Window;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;

/** What a report of some months takes from the overview. */
final class OverviewSales implements Tally {

    private final Window window;
    private final SalesBy months = new SalesBy("affiliate", "month");
    private final SortedMap<String, Affiliate> affiliates = new TreeMap<>();

    /**
     * An affiliate in the months covered.
     *
     * @param receipts number of receipts; one over the end of a month may count in both months
     */
    record Affiliate(Sales sales, long receipts) {

        Affiliate plus(Affiliate other) {
            return new Affiliate(sales.plus(other.sales), receipts + other.receipts);
        }
    }

    OverviewSales(Window window) {
        this.window = window;
    }

    @Override
    public List<String> columns() {
        return Stream.concat(months.columns().stream(), Stream.of("count_of_receipt"))
                .toList();
    }

    @Override
    public void add(Record row) {
        LocalDate month = (LocalDate) row.getField("month");
        // Earlier months, too: a month is compared with them.
        if (month != null && window.endDay().map(month::isBefore).orElse(true)) {
            months.add(row);
        }
        // The whole period has rows of its own, in which a receipt over the end of a month counts once.
        if (window.isAll() ? month == null : month != null && window.contains(month)) {
            affiliates.merge(
                    (String) row.getField("affiliate"),
                    new Affiliate(Sales.of(row), (Long) row.getField("count_of_receipt")),
                    Affiliate::plus);
        }
    }

    /** The sales per affiliate and month, until the end of the months covered. */
    SalesBy months() {
        return months;
    }

    /** The first days of the months covered that have sales, ascending. */
    List<String> monthsCovered() {
        return months.groups().keySet().stream()
                .map(key -> (LocalDate) key.get(1))
                .filter(window::contains)
                .map(LocalDate::toString)
                .distinct()
                .sorted()
                .toList();
    }

    /** The months covered together, by the affiliates' codes. */
    SortedMap<String, Affiliate> affiliates() {
        return affiliates;
    }
}
