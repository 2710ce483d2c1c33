package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import picocli.CommandLine.Command;

/**
 * Rows of {@code silver.purchases} to sales by affiliate, month and product category. A name that the
 * source changed between two builds makes rows of its own.
 */
@Command(
        name = "SalesByProduct",
        description = "Builds gold.sales_by_product: sales by affiliate, month and product category.")
public final class SalesByProduct extends MonthlyMart {

    public SalesByProduct() {
        super(GoldTables.SALES_BY_PRODUCT);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByProduct(), args);
    }
}
