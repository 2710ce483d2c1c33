package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.publish.Publication;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What tables are compared by.
 *
 * @param rows number of rows
 * @param amount sum of the amounts that decimal(15,2) can hold, in KRW; zero over no row
 */
record ControlTotals(long rows, BigDecimal amount) implements Serializable {

    @Override
    public String toString() {
        return rows + " rows, " + amount.setScale(KrwAmounts.TYPE.scale()).toPlainString() + " KRW";
    }

    ControlTotals plus(ControlTotals other) {
        return new ControlTotals(rows + other.rows, amount.add(other.amount));
    }

    /** Records them under two names. */
    void record(Publication publication, String rowsName, String amountName) {
        publication.recordFact(rowsName, rows);
        publication.recordFact(amountName, amount.toPlainString());
    }

    /** The control totals of {@code silver.purchases}' rows. */
    static ControlTotals ofPurchases(Dataset<Row> purchases) {
        Row totals = purchases
                .agg(count(lit(1)), KrwAmounts.sumOfCents(KrwAmounts.toCents(col("amount"))))
                .head();
        return new ControlTotals(totals.getLong(0), amount(totals.getDecimal(1)));
    }

    static BigDecimal amount(BigDecimal sum) {
        return Objects.requireNonNullElse(sum, BigDecimal.ZERO);
    }
}
