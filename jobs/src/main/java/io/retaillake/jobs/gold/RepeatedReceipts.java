package io.retaillake.jobs.gold;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Receipts with lines in several months, which the sum of the months' receipts counts several times. */
final class RepeatedReceipts {

    private RepeatedReceipts() {}

    /**
     * What to add to an affiliate's receipts of all months: minus one for every month that a receipt is in beyond its first. Costs a
     * shuffle of a row per receipt and month.
     */
    static Map<String, Long> corrections(Dataset<Row> purchases) {
        return purchases
                .select(Measures.columns(Measures.monthlyBy("receipt_no")))
                .distinct()
                .groupBy("affiliate", "receipt_no")
                .agg(lit(1).minus(count(lit(1))).as(Measures.RECEIPTS))
                .groupBy("affiliate")
                .agg(sum(Measures.RECEIPTS))
                .collectAsList()
                .stream()
                .collect(toMap(row -> row.getString(0), row -> row.getLong(1)));
    }
}
