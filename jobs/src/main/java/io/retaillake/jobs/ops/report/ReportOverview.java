package io.retaillake.jobs.ops.report;

import io.retaillake.common.sales.Sales;
import io.retaillake.jobs.ops.verify.OverviewSales;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

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

    /** The group first, then the affiliates; nothing where there are no affiliates. */
    static List<ReportOverview> of(SortedMap<String, OverviewSales.Affiliate> affiliates, DistinctCustomers members) {
        List<ReportOverview> overviews = new ArrayList<>();
        affiliates.values().stream()
                .reduce(OverviewSales.Affiliate::plus)
                .ifPresent(group -> overviews.add(of(null, group, members)));
        affiliates.forEach((code, affiliate) -> overviews.add(of(code, affiliate, members)));
        return List.copyOf(overviews);
    }

    private static ReportOverview of(String affiliate, OverviewSales.Affiliate all, DistinctCustomers members) {
        long customers = members.customers(affiliate);
        Sales ofMembers = members.sales(affiliate);
        return new ReportOverview(
                affiliate,
                customers,
                all.sales().purchases(),
                all.receipts(),
                all.sales().amount(),
                ratio(BigDecimal.valueOf(ofMembers.purchases()), customers),
                ratio(all.sales().amount(), all.sales().purchases()),
                ratio(ofMembers.amount(), customers));
    }

    /** With two decimals, half up, as the overview's averages are. */
    private static BigDecimal ratio(BigDecimal total, long count) {
        return count == 0 ? null : total.divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_UP);
    }
}
