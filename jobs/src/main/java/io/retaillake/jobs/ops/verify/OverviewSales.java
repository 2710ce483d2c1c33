package io.retaillake.jobs.ops.verify;

import io.retaillake.common.job.Window;
import io.retaillake.common.sales.Sales;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;

/** What a report of some months, and its reconciliation, take from the overview's rows. */
public record OverviewSales(List<Record> rows, Window window) {

    /**
     * An affiliate in the months covered.
     *
     * @param receipts number of receipts; one over the end of a month may count in both months
     */
    public record Affiliate(Sales sales, long receipts) {

        public Affiliate plus(Affiliate other) {
            return new Affiliate(sales.plus(other.sales), receipts + other.receipts);
        }
    }

    /** The months covered, added up. */
    Sales total() {
        return rows.stream()
                .filter(row -> month(row) != null && window.contains(month(row)))
                .map(OverviewSales::sales)
                .reduce(Sales.NONE, Sales::plus);
    }

    /** The months covered together, by the affiliates' codes. */
    public SortedMap<String, Affiliate> affiliates() {
        SortedMap<String, Affiliate> affiliates = new TreeMap<>();
        rows.stream()
                // The whole period has rows of its own, in which a receipt over the end of a month counts once.
                .filter(row -> window.isAll() ? month(row) == null : month(row) != null && window.contains(month(row)))
                .forEach(row -> affiliates.merge(affiliate(row), all(row), Affiliate::plus));
        return affiliates;
    }

    /** One row per affiliate and month, until the end of the months covered: a month is compared with earlier ones. */
    public Map<List<Object>, Affiliate> months() {
        Map<List<Object>, Affiliate> months = new HashMap<>();
        rows.stream()
                .filter(row -> month(row) != null
                        && window.endDay().map(month(row)::isBefore).orElse(true))
                .forEach(row -> months.merge(List.of(affiliate(row), month(row)), all(row), Affiliate::plus));
        return months;
    }

    /** The first days of the months covered that have sales, ascending. */
    public List<String> monthsCovered() {
        return rows.stream()
                .map(OverviewSales::month)
                .filter(month -> month != null && window.contains(month))
                .distinct()
                .sorted()
                .map(LocalDate::toString)
                .toList();
    }

    private static String affiliate(Record row) {
        return (String) row.getField("affiliate");
    }

    private static LocalDate month(Record row) {
        return (LocalDate) row.getField("month");
    }

    private static Affiliate all(Record row) {
        return new Affiliate(sales(row), (Long) row.getField("count_of_receipt"));
    }

    private static Sales sales(Record row) {
        return new Sales((BigDecimal) row.getField("total_purchase_amount"), (Long) row.getField("count_of_purchase"));
    }
}
