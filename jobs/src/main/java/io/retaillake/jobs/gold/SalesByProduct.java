package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by affiliate, month and product category. */
@Command(
        name = "SalesByProduct",
        description = "Builds gold.sales_by_product: sales by affiliate, month and product category.")
public final class SalesByProduct extends MonthlyMart {

    /** The product category; a name that the source changed between two builds makes rows of its own. */
    static final List<String> KEYS = Measures.monthlyBy(
            "division_cd", "main_category_cd", "sub_category_cd", "main_category_desc", "sub_category_desc");

    public SalesByProduct() {
        super(GoldTables.SALES_BY_PRODUCT, SalesByProduct::aggregate);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByProduct(), args);
    }

    /** Grain in: a purchase line; out: affiliate, month, product category. */
    static Dataset<Row> aggregate(Purchases purchases) {
        return Measures.withMonth(purchases.salesBy(KEYS));
    }
}
