package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.weekday;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;

/** Rows of {@code silver.purchases} to sales by affiliate, day and hour; an unknown hour is a row of its own. */
@Command(name = "SalesByDatetime", description = "Builds gold.sales_by_datetime: sales by affiliate, day and hour.")
public final class SalesByDatetime extends MonthlyMart {

    private static final List<String> KEYS = Measures.monthlyBy("purchase_date", "purchase_hour");

    public SalesByDatetime() {
        super(GoldTables.SALES_BY_DATETIME, SalesByDatetime::aggregate);
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new SalesByDatetime(), args);
    }

    /** Grain in: a purchase line; out: affiliate, day, hour. The day of the week is 1 for Monday to 7 for Sunday. */
    static Dataset<Row> aggregate(Purchases purchases) {
        return purchases
                .salesAndReceiptsBy(KEYS)
                .withColumn("day_of_week", weekday(col("purchase_date")).plus(1))
                .drop(Measures.YEAR_AND_MONTH);
    }
}
