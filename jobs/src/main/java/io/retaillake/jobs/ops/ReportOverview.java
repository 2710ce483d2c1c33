package io.retaillake.jobs.ops;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An affiliate's figures over all months of a report, or the group's.
 *
 * @param affiliate the affiliate's code; null for the group
 * @param customers different customers; for the group, one who buys at several affiliates counts once
 * @param purchases purchase lines
 * @param receipts receipts
 * @param amount in KRW
 * @param purchasesPerCustomer lines with a customer per customer; null without customers
 * @param amountPerPurchase in KRW; null without purchases
 * @param amountPerCustomer amount of the lines with a customer per customer, in KRW; null without customers
 */
record ReportOverview(
        String affiliate,
        long customers,
        long purchases,
        long receipts,
        BigDecimal amount,
        BigDecimal purchasesPerCustomer,
        BigDecimal amountPerPurchase,
        BigDecimal amountPerCustomer) {

    private record Members(long customers, BigDecimal amount, long purchases) {

        static final Members NONE = new Members(0, BigDecimal.ZERO, 0);
    }

    /** The group first, then the affiliates; nothing where there are no affiliates. */
    static List<ReportOverview> of(Dataset<Row> totals, Dataset<Row> memberTotals) {
        Map<String, Members> members = new HashMap<>();
        for (Row row : memberTotals.collectAsList()) {
            members.put(row.getString(0), new Members(row.getLong(1), row.getDecimal(2), row.getLong(3)));
        }
        List<ReportOverview> overviews = new ArrayList<>();
        long purchases = 0;
        long receipts = 0;
        BigDecimal amount = BigDecimal.ZERO;
        List<Row> rows = new ArrayList<>(totals.collectAsList());
        rows.sort(Comparator.comparing(row -> row.getString(0)));
        for (Row row : rows) {
            overviews.add(of(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getDecimal(3),
                    members.getOrDefault(row.getString(0), Members.NONE)));
            purchases += row.getLong(1);
            receipts += row.getLong(2);
            amount = amount.add(row.getDecimal(3));
        }
        if (!overviews.isEmpty()) {
            overviews.add(0, of(null, purchases, receipts, amount, members.getOrDefault(null, Members.NONE)));
        }
        return List.copyOf(overviews);
    }

    private static ReportOverview of(
            String affiliate, long purchases, long receipts, BigDecimal amount, Members members) {
        return new ReportOverview(
                affiliate,
                members.customers(),
                purchases,
                receipts,
                amount,
                ratio(BigDecimal.valueOf(members.purchases()), members.customers()),
                ratio(amount, purchases),
                ratio(members.amount(), members.customers()));
    }

    /** With two decimals, half up, as the overview's averages are. */
    private static BigDecimal ratio(BigDecimal total, long count) {
        return count == 0 ? null : total.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP);
    }
}
