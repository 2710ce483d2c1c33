package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.retaillake.common.amount.KrwAmounts;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import scala.collection.JavaConverters;

/**
 * What was read from bronze, counted while it passes on its way to silver. Should Spark repeat a stage, it counts too much,
 * and the comparison with what was written fails.
 *
 * @param read all rows
 * @param invalidRows rows that must be rejected for themselves
 */
record BronzeCount(Figures read, long invalidRows) {

    private static final Column ROWS = count(lit(1)).as("rows");
    private static final Column INVALID_ROWS =
            count_if(not(col(PurchaseParser.VALID))).as("invalid_rows");
    private static final Column AMOUNT =
            KrwAmounts.sumOfCents(col(PurchaseParser.CENTS)).as("amount");

    /** {@code parsed}, counted by {@code observation} when it is executed, which must be once. */
    static Dataset<Row> observe(Dataset<Row> parsed, Observation observation) {
        return parsed.observe(observation, ROWS, INVALID_ROWS, AMOUNT);
    }

    /** What {@code observation} counted; waits for the execution. */
    static BronzeCount of(Observation observation) {
        Map<String, ?> counted;
        try {
            counted = JavaConverters.mapAsJavaMap(observation.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while bronze was counted", e);
        }
        return new BronzeCount(
                new Figures((Long) counted.get("rows"), Figures.amount((BigDecimal) counted.get("amount"))),
                (Long) counted.get("invalid_rows"));
    }

    /** The same by a scan of its own. */
    static BronzeCount of(Dataset<Row> parsed) {
        Row counted = parsed.agg(ROWS, INVALID_ROWS, AMOUNT).head();
        return new BronzeCount(
                new Figures(counted.getLong(0), Figures.amount(counted.getDecimal(2))), counted.getLong(1));
    }
}
