package io.retaillake.jobs.gold;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by affiliate, month, province and city. */
@Command(
        name = "SalesByResidence",
        description = "Builds gold.sales_by_residence: sales by affiliate, month and place of residence.")
public final class SalesByResidence extends MonthlyMart {

    private static final List<String> KEYS = Measures.monthlyBy("province_city", "city_county");

    public SalesByResidence() {
        super(GoldTables.SALES_BY_RESIDENCE, SalesByResidence::aggregate);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByResidence(), args);
    }

    /** Grain in: a purchase line; out: affiliate, month, place. Several cities of one postal area are one place. */
    static Dataset<Row> aggregate(Purchases purchases) {
        return Measures.withMonth(purchases.salesBy(KEYS));
    }
}
