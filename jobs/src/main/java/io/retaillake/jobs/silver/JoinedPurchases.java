package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.year;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.SilverTables;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of {@code silver.purchases} as Spark joins them: what {@link WrittenPurchases} writes by columns is the same. For tables and
 * dimensions that it can't take, in two to four times as long.
 */
final class JoinedPurchases {

    private static final String LEFT = "left";

    private JoinedPurchases() {}

    /**
     * The valid ones of {@code parsed} purchases, each with what is known of its product, customer and place. Grain: a purchase line, in
     * the contract's columns. Costs a shuffle for each dimension that is too large to be broadcast.
     *
     * @param parsed rows of {@link PurchaseParser#SCHEMA}
     * @param products rows of {@code bronze.products_info}, of which no two have the same key
     * @param customers rows of {@code bronze.customer}, likewise
     * @param regions rows of {@code silver.regions}
     */
    static Dataset<Row> of(Dataset<Row> parsed, Dataset<Row> products, Dataset<Row> customers, Dataset<Row> regions) {
        Dataset<Row> areas = regions.withColumnRenamed("short_zipcode", "residence");
        Dataset<Row> places = customers
                .select("customer_id", "sex", "age_group", "residence")
                .join(areas, new String[] {"residence"}, LEFT);
        String[] productKey = SilverTables.PRODUCT_COLUMNS.subList(0, 4).toArray(String[]::new);
        return parsed.where(col(PurchaseParser.VALID))
                .join(products.select(columns(SilverTables.PRODUCT_COLUMNS)), productKey, LEFT)
                .join(places, new String[] {"customer_id"}, LEFT)
                .select(SilverTables.PURCHASES.columnNames().stream()
                        .map(JoinedPurchases::column)
                        .toArray(Column[]::new));
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(name -> col(name)).toArray(Column[]::new);
    }

    private static Column column(String name) {
        Column made = switch (name) {
            case "purchase_date" -> col(PurchaseParser.DATE);
            case "purchase_hour" -> col(PurchaseParser.HOUR);
            case "purchase_year" -> year(col(PurchaseParser.DATE));
            case "purchase_month" -> month(col(PurchaseParser.DATE));
            case "amount" -> KrwAmounts.fromCents(col(PurchaseParser.CENTS));
            default -> col(name);
        };
        return made.as(name);
    }
}
