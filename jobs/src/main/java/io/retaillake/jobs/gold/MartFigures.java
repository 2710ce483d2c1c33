package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.publish.Seal;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a mart and silver are compared by.
 *
 * @param rows number of purchase lines
 * @param amount their total in KRW
 */
record MartFigures(long rows, BigDecimal amount) {

    /**
     * The figures of silver's purchases in the window: those that were checked when silver was published for the same
     * months, else by a scan of the amounts.
     */
    static MartFigures ofSilver(Lake lake, long snapshotId, Window window) {
        Optional<Seal> seal = lake.find(PURCHASES)
                .flatMap(table -> Seal.of(table, table.snapshot(snapshotId)))
                .filter(made -> window.toString().equals(made.run().arguments().get("window")));
        if (seal.isPresent()) {
            return new MartFigures(
                    Long.parseLong(seal.get().facts().get("rows")),
                    new BigDecimal(seal.get().facts().get("amount")));
        }
        return figures(lake.read(PURCHASES, snapshotId)
                .where(Replacement.inWindow("purchase_date", window))
                .agg(count(lit(1)), KrwAmounts.sumOfCents(KrwAmounts.toCents(col("amount"))))
                .head());
    }

    /** The figures of a mart's rows. */
    static MartFigures of(Dataset<Row> mart) {
        return figures(
                mart.agg(sum("count_of_purchase"), sum("total_purchase_amount")).head());
    }

    private static MartFigures figures(Row row) {
        return new MartFigures(
                row.isNullAt(0) ? 0 : row.getLong(0), Objects.requireNonNullElse(row.getDecimal(1), BigDecimal.ZERO));
    }
}
