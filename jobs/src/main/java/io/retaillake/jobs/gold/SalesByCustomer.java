package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by customer, affiliate and month; buyers without a membership are one row. */
@Command(
        name = "SalesByCustomer",
        description =
                "Builds gold.sales_by_customer: sales by customer, affiliate and month, with the customer's attributes.")
public final class SalesByCustomer extends MonthlyMart {

    /** The attributes depend on the customer and the month: a month is built from one version of the customers. */
    private static final List<String> KEYS = Measures.monthlyBy(SilverTables.CUSTOMER_COLUMNS.toArray(String[]::new));

    public SalesByCustomer() {
        super(GoldTables.SALES_BY_CUSTOMER, SalesByCustomer::aggregate);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByCustomer(), args);
    }

    /** Grain in: a purchase line; out: customer, affiliate, month. */
    static Dataset<Row> aggregate(Purchases purchases) {
        return Measures.withMonth(purchases.salesAndReceiptsBy(KEYS));
    }
}
