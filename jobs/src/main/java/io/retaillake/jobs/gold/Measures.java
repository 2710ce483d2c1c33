package io.retaillake.jobs.gold;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.sum;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.job.Failures;
import java.math.BigDecimal;
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

    /**
     * What {@code silver.purchases} is partitioned by. Every mart groups by these among others, so a partition's rows are
     * grouped by the task that reads them, and no row is sent to another task.
     */
    private static final List<String> PARTITION = SilverTables.PURCHASES.partitions().stream()
            .map(PartitionField::column)
            .toList();

    /** What a job says when a total is beyond its type. */
    static final String BEYOND_TYPE =
            "A total amount is beyond decimal(18,2). Look for implausible amounts in silver.purchases, correct them in the"
                    + " source and run their months again.";

    private Measures() {}

    /**
     * Total amount and number of purchase lines by {@code keys}. Costs a scan, and a shuffle of a row per group unless the
     * keys are {@link #monthlyBy}.
     */
    static Dataset<Row> salesBy(Dataset<Row> purchases, List<String> keys) {
        return purchases
                .groupBy(columns(keys))
                .agg(total(col("amount")).as(TOTAL), count(lit(1)).as(COUNT));
    }

    /**
     * The same, and the number of different receipts, of which one is the affiliate among {@code keys}, for a receipt's number
     * is unique within it. Costs a scan; groups receipt by receipt first.
     */
    static Dataset<Row> salesAndReceiptsBy(Dataset<Row> purchases, List<String> keys) {
        return salesBy(purchases, keys(keys, "receipt_no"))
                .groupBy(columns(keys))
                .agg(
                        total(col(TOTAL)).as(TOTAL),
                        sum(COUNT).as(COUNT),
                        count(lit(1)).as(RECEIPTS));
    }

    /** The sum of amounts or of totals as {@code decimal(18,2)}; fails where that can't hold it. */
    static Column total(Column amount) {
        return coalesce(
                KrwAmounts.totalOfCents(KrwAmounts.toCents(amount)),
                raise_error(lit(BEYOND_TYPE)).cast(KrwAmounts.TOTAL));
    }

    /**
     * A total or an average in KRW, if its type can hold it.
     *
     * @throws ArithmeticException saying {@link #BEYOND_TYPE}
     */
    static BigDecimal requireInType(BigDecimal amount) {
        if (amount.precision() - amount.scale() > KrwAmounts.TOTAL.precision() - KrwAmounts.TOTAL.scale()) {
            throw new ArithmeticException(BEYOND_TYPE);
        }
        return amount;
    }

    /** Whether {@code failure}, as Spark wraps it, is that a total is beyond its type. */
    static boolean isBeyondType(Throwable failure) {
        return Failures.causes(failure)
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains(BEYOND_TYPE));
    }

    /** The keys of groups by affiliate, year, month and {@code more}. */
    static List<String> monthlyBy(String... more) {
        return keys(PARTITION, more);
    }

    static List<String> keys(List<String> first, String... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }

    static Column[] columns(List<String> names) {
        return names.stream().map(name -> col(name)).toArray(Column[]::new);
    }
}
