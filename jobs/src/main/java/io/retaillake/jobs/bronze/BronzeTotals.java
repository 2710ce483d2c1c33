package io.retaillake.jobs.bronze;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.purchases.Totals;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Totals purchases in bronze's form. Costs one scan of what it is given and a shuffle of a row per group. */
final class BronzeTotals {

    private BronzeTotals() {}

    static PurchaseTotals of(Dataset<Row> purchases) {
        Column amount = col("amount");
        Column cents = col("cents");
        Column isNan = amount.isNaN();
        Column isInfinite = amount.isin(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        Dataset<Row> totals = purchases
                .select(
                        col(SourceMonth.COLUMN),
                        col("affiliate"),
                        amount,
                        KrwAmounts.cents(amount).as("cents"))
                .groupBy(SourceMonth.COLUMN, "affiliate")
                .agg(
                        count(lit(1)),
                        count(when(amount.isNull(), 1)),
                        count(when(isNan, 1)),
                        count(when(isInfinite, 1)),
                        count(when(
                                cents.isNull()
                                        .and(amount.isNotNull())
                                        .and(isNan.or(isInfinite).unary_$bang()),
                                1)),
                        KrwAmounts.sumOfCents(cents));
        PurchaseTotals result = PurchaseTotals.empty();
        for (Row row : totals.collectAsList()) {
            result.add(
                    row.getString(0),
                    row.getString(1),
                    new Totals(
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getDecimal(7)));
        }
        return result;
    }
}
