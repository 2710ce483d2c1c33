package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.make_date;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.sum;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.job.Failures;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The measures of the marts and how they are grouped. */
final class Measures {

    static final String TOTAL = "total_purchase_amount";
    static final String COUNT = "count_of_purchase";
    static final String RECEIPTS = "count_of_receipt";

    /** What stands for the month while rows are grouped: two integers, which cost less than a date made for each row. */
    static final List<String> YEAR_AND_MONTH = List.of("purchase_year", "purchase_month");

    /** What a job says when a total is beyond its type. */
    static final String BEYOND_TYPE =
            "A total amount is beyond decimal(18,2). Look for implausible amounts in silver.purchases, correct them in the"
                    + " source and run their months again.";

    private Measures() {}

    /** Total amount and number of purchase lines by {@code keys}. Costs a scan and a shuffle of a row per group. */
    static Dataset<Row> salesBy(Dataset<Row> purchases, List<String> keys) {
        return purchases
                .groupBy(columns(keys))
                .agg(total(col("amount")).as(TOTAL), count(lit(1)).as(COUNT));
    }

    /**
     * Number of different receipts by {@code keys}, of which one is the affiliate, for a receipt's number is unique within
     * it. Costs a scan and a shuffle of a row per receipt and group.
     */
    static Dataset<Row> receiptsBy(Dataset<Row> purchases, List<String> keys) {
        Column[] withReceipt =
                columns(Stream.concat(keys.stream(), Stream.of("receipt_no")).toList());
        return purchases
                .select(withReceipt)
                .distinct()
                .groupBy(columns(keys))
                .agg(count(lit(1)).as(RECEIPTS));
    }

    /** {@code left} with the columns of {@code right}, which has the same groups; null is a value of a key like others. */
    static Dataset<Row> join(Dataset<Row> left, Dataset<Row> right, List<String> keys) {
        Column sameGroup = keys.stream()
                .map(key -> left.col(key).eqNullSafe(right.col(key)))
                .reduce(Column::and)
                .orElseThrow();
        Dataset<Row> joined = left.join(right, sameGroup);
        for (String key : keys) {
            joined = joined.drop(right.col(key));
        }
        return joined;
    }

    /** {@code rows} with the first day of the month in place of {@link #YEAR_AND_MONTH}. */
    static Dataset<Row> withMonth(Dataset<Row> rows) {
        return rows.withColumn("month", make_date(col("purchase_year"), col("purchase_month"), lit(1)))
                .drop(YEAR_AND_MONTH.toArray(String[]::new));
    }

    /** The sum of a {@code decimal(15,2)} as {@code decimal(18,2)}; fails where that can't hold it. */
    static Column total(Column amount) {
        return orFail(KrwAmounts.totalOfCents(KrwAmounts.toCents(amount)));
    }

    /** The sum of totals of groups, of which there is at least one; fails where {@code decimal(18,2)} can't hold it. */
    static Column totalOfTotals(Column totals) {
        return orFail(sum(totals).cast(KrwAmounts.TOTAL));
    }

    private static Column orFail(Column total) {
        return coalesce(total, raise_error(lit(BEYOND_TYPE)).cast(KrwAmounts.TOTAL));
    }

    /** Whether {@code failure}, as Spark wraps it, is that a total is beyond its type. */
    static boolean isBeyondType(Throwable failure) {
        return Failures.causes(failure)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(BEYOND_TYPE));
    }

    static List<String> keys(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    private static Column[] columns(List<String> names) {
        return names.stream().map(name -> col(name)).toArray(Column[]::new);
    }
}
