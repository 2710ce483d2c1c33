package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_date;
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
    private static final int MONTHS_PER_YEAR = 12;
    private static final String MONTH_NUMBER = "month_number";
    private static final List<String> AFFILIATE_AND_MONTH = Measures.keys(AFFILIATE, MONTH_NUMBER);
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
        // A month that is none of the partition's columns makes Spark exchange the groups between tasks, and what it
        // has
        // exchanged for the months it uses again for the whole period. So both scans are made once.
        Dataset<Row> monthly = purchases.withColumn(
                MONTH_NUMBER, col("purchase_year").multiply(MONTHS_PER_YEAR).plus(col("purchase_month")));
        Dataset<Row> customers = Measures.salesBy(monthly, Measures.keys(AFFILIATE_AND_MONTH, "customer_id"));
        Dataset<Row> receipts = group(monthly, AFFILIATE_AND_MONTH, "receipt_no")
                .agg(count(lit(1)).as(Measures.COUNT));
        Column monthIndex = col(MONTH_NUMBER).minus(1);
        Dataset<Row> months = overview(customers, receipts, AFFILIATE_AND_MONTH)
                .withColumn(
                        "month",
                        make_date(
                                floor(monthIndex.divide(MONTHS_PER_YEAR)).cast("int"),
                                monthIndex.mod(MONTHS_PER_YEAR).plus(1),
                                lit(1)))
                .drop(MONTH_NUMBER);

        Dataset<Row> allCustomers = group(customers, AFFILIATE, "customer_id")
                .agg(sum(Measures.TOTAL).as(Measures.TOTAL), sum(Measures.COUNT).as(Measures.COUNT));
        Dataset<Row> allReceipts =
                group(receipts, AFFILIATE, "receipt_no").agg(sum(Measures.COUNT).as(Measures.COUNT));
        Dataset<Row> wholePeriod = overview(allCustomers, allReceipts, AFFILIATE)
                .withColumn("month", lit(null).cast("date"));
        return months.unionByName(wholePeriod);
    }

    /** Sales by customer, and receipts, to one row for each of {@code keys}. */
    private static Dataset<Row> overview(Dataset<Row> customers, Dataset<Row> receipts, List<String> keys) {
        Column isCustomer = col("customer_id").isNotNull();
        Dataset<Row> sales = group(customers, keys)
                .agg(
                        count(col("customer_id")).as("count_of_customer"),
                        sum(when(isCustomer, col(Measures.COUNT))).as(CUSTOMER_LINES),
                        Measures.totalOfTotals(col(Measures.TOTAL)).as(Measures.TOTAL),
                        sum(when(isCustomer, col(Measures.TOTAL))).as("customers_amount"));
        Dataset<Row> counts = group(receipts, keys)
                .agg(count(lit(1)).as(Measures.RECEIPTS), sum(Measures.COUNT).as(Measures.COUNT));
        return Measures.join(sales, counts, keys)
                .withColumn("purchases_per_customer", average(CUSTOMER_LINES, "count_of_customer"))
                .withColumn("average_amount_per_purchase", average(Measures.TOTAL, Measures.COUNT))
                .withColumn("average_amount_per_customer", average("customers_amount", "count_of_customer"));
    }

    private static RelationalGroupedDataset group(Dataset<Row> rows, List<String> keys, String... more) {
        return rows.groupBy(columns(keys, more));
    }

    private static Column[] columns(List<String> keys, String... more) {
        return Measures.columns(Measures.keys(keys, more));
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
