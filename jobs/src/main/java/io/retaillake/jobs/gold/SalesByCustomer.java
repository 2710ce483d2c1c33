package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by customer, affiliate and month; buyers without a membership are one row. */
@Command(
        name = "SalesByCustomer",
        description =
                "Builds gold.sales_by_customer: sales by customer, affiliate and month, with the customer's attributes.")
public final class SalesByCustomer extends MonthlyMart {

    public SalesByCustomer() {
        super(GoldTables.SALES_BY_CUSTOMER);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByCustomer(), args);
    }
}
