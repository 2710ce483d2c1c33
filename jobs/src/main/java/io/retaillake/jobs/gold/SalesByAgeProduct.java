package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by affiliate, month, product category and age group. */
@Command(
        name = "SalesByAgeProduct",
        description = "Builds gold.sales_by_age_product: sales by affiliate, month, product category and age group.")
public final class SalesByAgeProduct extends MonthlyMart {

    public SalesByAgeProduct() {
        super(GoldTables.SALES_BY_AGE_PRODUCT);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByAgeProduct(), args);
    }
}
