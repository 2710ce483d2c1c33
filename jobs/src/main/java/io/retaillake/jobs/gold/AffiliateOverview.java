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

    public AffiliateOverview() {
        super(GoldTables.AFFILIATE_OVERVIEW, AffiliateOverview::aggregate, 4);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new AffiliateOverview(), args);
    }

    /**
     * Grain in: a purchase line; out: affiliate and month, and affiliate with month null. A customer is a non-null
     * customer_id; averages are rounded half up and null where they would divide by none.
     */
    static Dataset<Row> aggregate(Dataset<Row> purchases) {
        Dataset<Row> months = Measures.withMonth(overview(purchases, AFFILIATE_AND_MONTH));
        Dataset<Row> wholePeriod =
                overview(purchases, AFFILIATE).withColumn("month", lit(null).cast("date"));
        return months.unionByName(wholePeriod);
    }

    private static Dataset<Row> overview(Dataset<Row> purchases, List<String> keys) {
        Dataset<Row> byCustomer = Measures.salesBy(purchases, Measures.keys(keys, "customer_id"));
        Column isCustomer = col("customer_id").isNotNull();
        Column[] columns = keys.stream().map(key -> col(key)).toArray(Column[]::new);
        Dataset<Row> sales = byCustomer
                .groupBy(columns)
                .agg(
                        count(col("customer_id")).as("count_of_customer"),
                        sum(Measures.COUNT).as(Measures.COUNT),
                        Measures.totalOfTotals().as(Measures.TOTAL),
                        sum(when(isCustomer, col(Measures.COUNT))).as("customers_purchases"),
                        sum(when(isCustomer, col(Measures.TOTAL))).as("customers_amount"));
        return Measures.join(sales, Measures.receiptsBy(purchases, keys), keys)
                .withColumn("purchases_per_customer", average("customers_purchases", "count_of_customer"))
                .withColumn("average_amount_per_purchase", average(Measures.TOTAL, Measures.COUNT))
                .withColumn("average_amount_per_customer", average("customers_amount", "count_of_customer"));
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
