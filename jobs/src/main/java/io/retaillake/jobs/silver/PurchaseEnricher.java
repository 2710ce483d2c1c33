package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.year;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.SilverTables;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Joins purchases to what is known of their products, customers and places. */
final class PurchaseEnricher {

    /** The columns that identify a product category. */
    static final List<String> PRODUCT_KEY = List.of("affiliate", "division_cd", "main_category_cd", "sub_category_cd");

    private PurchaseEnricher() {}

    /** Customers, each with the names of the place of residence; null names where it is unknown. */
    static Dataset<Row> customersWithPlaces(Dataset<Row> customers, Dataset<Row> regions) {
        return customers
                .join(broadcast(regions), col("residence").equalTo(col("short_zipcode")), "left")
                .drop("short_zipcode");
    }

    /**
     * Valid, parsed purchases as rows of {@code silver.purchases}: one for each. Both dimensions must have unique keys and
     * fit in memory; attributes of unknown customers and products are null.
     */
    static Dataset<Row> enrich(Dataset<Row> purchases, Dataset<Row> products, Dataset<Row> customersWithPlaces) {
        Dataset<Row> typed = purchases
                .withColumn("purchase_date", col(PurchaseParser.DATE))
                .withColumn("purchase_hour", col(PurchaseParser.HOUR))
                .withColumn("purchase_year", year(col(PurchaseParser.DATE)))
                .withColumn("purchase_month", month(col(PurchaseParser.DATE)))
                .withColumn("amount", KrwAmounts.fromCents(col(PurchaseParser.CENTS)));
        return typed.join(broadcast(products), PRODUCT_KEY.toArray(String[]::new), "left")
                .join(broadcast(customersWithPlaces), new String[] {"customer_id"}, "left")
                .select(SilverTables.PURCHASES.columnNames().stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new));
    }
}
