package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.xxhash64;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by customer, affiliate and month; buyers without a membership are one row. */
@Command(
        name = "SalesByCustomer",
        description =
                "Builds gold.sales_by_customer: sales by customer, affiliate and month, with the customer's attributes.")
public final class SalesByCustomer extends Mart {

    private static final List<String> KEYS = Measures.keys(Measures.YEAR_AND_MONTH, "customer_id", "affiliate");

    /** They depend on the customer and the month: a month is built from one version of the customers. */
    private static final List<String> ATTRIBUTES = List.of(
            "sex", "age_group", "residence", "province_city", "province_city_eng", "city_county", "city_county_eng");

    public SalesByCustomer() {
        super(GoldTables.SALES_BY_CUSTOMER, SalesByCustomer::aggregate, 3);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByCustomer(), args);
    }

    private static final String ATTRIBUTES_ID = "attributes_id";

    /**
     * Grain in: a purchase line; out: customer, affiliate, month. Rows are grouped by a hash of the attributes, not by the
     * seven texts, and the few thousand different combinations are joined to the result.
     */
    static Dataset<Row> aggregate(Dataset<Row> purchases) {
        Column[] attributes = ATTRIBUTES.stream().map(name -> col(name)).toArray(Column[]::new);
        Dataset<Row> sales = purchases
                .groupBy(KEYS.stream().map(name -> col(name)).toArray(Column[]::new))
                .agg(
                        Measures.total(col("amount")).as(Measures.TOTAL),
                        count(lit(1)).as(Measures.COUNT),
                        max(xxhash64(attributes)).as(ATTRIBUTES_ID));
        Dataset<Row> combinations =
                purchases.select(attributes).distinct().withColumn(ATTRIBUTES_ID, xxhash64(attributes));
        return Measures.withMonth(Measures.join(
                sales.join(broadcast(combinations), ATTRIBUTES_ID).drop(ATTRIBUTES_ID),
                Measures.receiptsBy(purchases, KEYS),
                KEYS));
    }
}
