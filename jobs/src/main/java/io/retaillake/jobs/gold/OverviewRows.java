package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.amount.KrwAmounts;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of {@code gold.affiliate_overview}. A customer is a non-null customer_id; averages are rounded half up and null where
 * they would divide by none.
 */
final class OverviewRows {

    private static final List<String> AFFILIATE = List.of("affiliate");
    private static final List<String> AFFILIATE_AND_MONTH = Measures.monthlyBy();
    private static final String CUSTOMER = "customer_id";
    private static final String CUSTOMERS = "count_of_customer";
    private static final String CUSTOMER_LINES = "customer_lines";
    private static final String CUSTOMERS_AMOUNT = "customers_amount";

    private OverviewRows() {}

    /** Grain in: a purchase line; out: affiliate and month. Costs two scans, and no shuffle but of its result. */
    static Dataset<Row> months(Purchases purchases) {
        Dataset<Row> receipts = purchases
                .salesAndReceiptsBy(AFFILIATE_AND_MONTH)
                .select(Measures.columns(Measures.keys(AFFILIATE_AND_MONTH, Measures.RECEIPTS)));
        Dataset<Row> customers = purchases.salesBy(Measures.monthlyBy(CUSTOMER));
        return Measures.withMonth(overview(customers, receipts, AFFILIATE_AND_MONTH));
    }

    /**
     * Grain in: a purchase line; out: affiliate, with month null. Costs a scan, and a shuffle of a row per customer and month.
     *
     * @param addends affiliate and number of receipts, which add up to the affiliate's different receipts
     */
    static Dataset<Row> wholePeriod(Purchases purchases, Dataset<Row> addends) {
        Dataset<Row> receipts = addends.groupBy(Measures.columns(AFFILIATE))
                .agg(sum(Measures.RECEIPTS).as(Measures.RECEIPTS));
        Dataset<Row> customers = purchases
                .salesBy(Measures.monthlyBy(CUSTOMER))
                .groupBy(Measures.columns(Measures.keys(AFFILIATE, CUSTOMER)))
                .agg(
                        Measures.totalOfTotals(col(Measures.TOTAL)).as(Measures.TOTAL),
                        sum(Measures.COUNT).as(Measures.COUNT));
        return overview(customers, receipts, AFFILIATE)
                .withColumn("month", lit(null).cast("date"));
    }

    /** Sales by customer, and the number of receipts, to one row for each of {@code keys}. */
    private static Dataset<Row> overview(Dataset<Row> customers, Dataset<Row> receipts, List<String> keys) {
        Column isCustomer = col(CUSTOMER).isNotNull();
        Dataset<Row> sales = customers
                .groupBy(Measures.columns(keys))
                .agg(
                        count(col(CUSTOMER)).as(CUSTOMERS),
                        sum(when(isCustomer, col(Measures.COUNT))).as(CUSTOMER_LINES),
                        Measures.totalOfTotals(col(Measures.TOTAL)).as(Measures.TOTAL),
                        sum(when(isCustomer, col(Measures.TOTAL))).as(CUSTOMERS_AMOUNT),
                        sum(Measures.COUNT).as(Measures.COUNT));
        return Measures.join(sales, receipts, keys)
                .withColumn("purchases_per_customer", average(CUSTOMER_LINES, CUSTOMERS))
                .withColumn("average_amount_per_purchase", average(Measures.TOTAL, Measures.COUNT))
                .withColumn("average_amount_per_customer", average(CUSTOMERS_AMOUNT, CUSTOMERS))
                .drop(CUSTOMER_LINES, CUSTOMERS_AMOUNT);
    }

    private static Column average(String total, String number) {
        return when(
                col(number).gt(0),
                col(total)
                        .cast("decimal(28,2)")
                        .divide(col(number).cast("decimal(19,0)"))
                        .cast(KrwAmounts.TOTAL));
    }
}
