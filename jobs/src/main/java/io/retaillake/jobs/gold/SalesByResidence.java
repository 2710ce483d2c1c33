package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import picocli.CommandLine.Command;

/**
 * Rows of {@code silver.purchases} to sales by affiliate, month, province and city. Several cities of one postal area
 * are one place.
 */
@Command(
        name = "SalesByResidence",
        description = "Builds gold.sales_by_residence: sales by affiliate, month and place of residence.")
public final class SalesByResidence extends MonthlyMart {

    public SalesByResidence() {
        super(GoldTables.SALES_BY_RESIDENCE);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByResidence(), args);
    }
}
