package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/**
 * Rows of {@code silver.purchases} to an overview of each affiliate: by month, and over the whole period where month is null.
 * Any run recomputes all of it, because the whole period's different customers and receipts can't be had from the months'.
 */
@Command(
        name = "AffiliateOverview",
        description =
                "Builds gold.affiliate_overview: customers, purchases, receipts and averages by affiliate and month.")
public final class AffiliateOverview extends Mart {

    private static final List<String> AFFILIATE = List.of("affiliate");
    private static final List<String> AFFILIATE_AND_MONTH = Measures.keys(Measures.YEAR_AND_MONTH, "affiliate");
    private static final String AMOUNT = "amount";
    private static final String LINES = "lines";
    private static final String CUSTOMER_LINES = "customer_lines";

    public AffiliateOverview() {
        super(GoldTables.AFFILIATE_OVERVIEW, AffiliateOverview::aggregate, 2);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new AffiliateOverview(), args);
    }

    /**
     * Grain in: a purchase line; out: affiliate and month, and affiliate with month null. A customer is a non-null
     * customer_id; averages are rounded half up and null where they would divide by none.
     */
    static Dataset<Row> aggregate(Dataset<Row> purchases) {
        // Both are read once: the whole period is added up from the months' rows, which Spark computes only once.
        Dataset<Row> customers = group(purchases, AFFILIATE_AND_MONTH, "customer_id")
                .agg(
                        Measures.total(col("amount")).as(AMOUNT),
                        count(col("customer_id")).as(CUSTOMER_LINES));
        Dataset<Row> receipts = group(purchases, AFFILIATE_AND_MONTH, "receipt_no")
                .agg(count(lit(1)).as(LINES));
        Dataset<Row> months = Measures.withMonth(overview(customers, receipts, AFFILIATE_AND_MONTH));

        Dataset<Row> allCustomers = group(customers, AFFILIATE, "customer_id")
                .agg(sum(AMOUNT).as(AMOUNT), sum(CUSTOMER_LINES).as(CUSTOMER_LINES));
        Dataset<Row> allReceipts =
                group(receipts, AFFILIATE, "receipt_no").agg(sum(LINES).as(LINES));
        Dataset<Row> wholePeriod = overview(allCustomers, allReceipts, AFFILIATE)
                .withColumn("month", lit(null).cast("date"));
        return months.unionByName(wholePeriod);
    }

    /** Rows by customer and rows by receipt to one row for each of {@code keys}. */
    private static Dataset<Row> overview(Dataset<Row> customers, Dataset<Row> receipts, List<String> keys) {
        Dataset<Row> sales = group(customers, keys)
                .agg(
                        count(col("customer_id")).as("count_of_customer"),
                        Measures.totalOfTotals(col(AMOUNT)).as(Measures.TOTAL),
                        sum(CUSTOMER_LINES).as(CUSTOMER_LINES),
                        sum(when(col("customer_id").isNotNull(), col(AMOUNT))).as("customers_amount"));
        Dataset<Row> counts = group(receipts, keys)
                .agg(count(lit(1)).as(Measures.RECEIPTS), sum(LINES).as(Measures.COUNT));
        return Measures.join(sales, counts, keys)
                .withColumn("purchases_per_customer", average(CUSTOMER_LINES, "count_of_customer"))
                .withColumn("average_amount_per_purchase", average(Measures.TOTAL, Measures.COUNT))
                .withColumn("average_amount_per_customer", average("customers_amount", "count_of_customer"));
    }

    private static RelationalGroupedDataset group(Dataset<Row> rows, List<String> keys, String... more) {
        return rows.groupBy(
                Measures.keys(keys, more).stream().map(key -> col(key)).toArray(Column[]::new));
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
