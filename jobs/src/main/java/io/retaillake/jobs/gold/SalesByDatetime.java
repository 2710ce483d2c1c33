package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import picocli.CommandLine.Command;

/**
 * Rows of {@code silver.purchases} to sales by affiliate, day and hour; an unknown hour is a row of its own. The day of the
 * week is 1 for Monday to 7 for Sunday.
 */
@Command(name = "SalesByDatetime", description = "Builds gold.sales_by_datetime: sales by affiliate, day and hour.")
public final class SalesByDatetime extends MonthlyMart {

    public SalesByDatetime() {
        super(GoldTables.SALES_BY_DATETIME);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByDatetime(), args);
    }
}
