package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.retaillake.common.amount.KrwAmounts;
import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What was read from bronze.
 *
 * @param read all rows
 * @param invalidRows rows that must be rejected for themselves
 */
record BronzeCount(ControlTotals read, long invalidRows) implements Serializable {

    BronzeCount plus(BronzeCount other) {
        return new BronzeCount(read.plus(other.read), invalidRows + other.invalidRows);
    }

    /** Counts {@code parsed} rows. Costs a scan of bronze. */
    static BronzeCount of(Dataset<Row> parsed) {
        Row counted = parsed.agg(
                        count(lit(1)),
                        count_if(not(col(PurchaseParser.VALID))),
                        KrwAmounts.sumOfCents(col(PurchaseParser.CENTS)))
                .head();
        return new BronzeCount(
                new ControlTotals(counted.getLong(0), ControlTotals.amount(counted.getDecimal(2))), counted.getLong(1));
    }
}
