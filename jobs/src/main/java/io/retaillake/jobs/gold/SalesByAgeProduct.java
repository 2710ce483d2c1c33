package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by affiliate, month, product category and age group. */
@Command(
        name = "SalesByAgeProduct",
        description = "Builds gold.sales_by_age_product: sales by affiliate, month, product category and age group.")
public final class SalesByAgeProduct extends MonthlyMart {

    private static final List<String> KEYS = Measures.keys(SalesByProduct.KEYS, "age_group");

    public SalesByAgeProduct() {
        super(GoldTables.SALES_BY_AGE_PRODUCT, SalesByAgeProduct::aggregate);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByAgeProduct(), args);
    }

    /** Grain in: a purchase line; out: affiliate, month, product category, age group. */
    static Dataset<Row> aggregate(Purchases purchases) {
        return Measures.withMonth(purchases.salesBy(KEYS));
    }
}
