package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Seal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What a mart and silver are compared by.
 *
 * @param rows number of purchase lines
 * @param amount their total in KRW
 */
record MartControlTotals(long rows, BigDecimal amount) {

    /**
     * The control totals of silver's purchases in the window: those that were checked when silver was published for the same
     * months, else by a scan of the amounts.
     */
    static MartControlTotals ofSilver(Lake lake, long snapshotId, Window window) {
        Optional<Seal> seal = lake.find(PURCHASES)
                .flatMap(table -> Seal.of(table, table.snapshot(snapshotId)))
                .filter(made -> window.toString().equals(made.run().arguments().get("window")));
        if (seal.isPresent()) {
            return new MartControlTotals(
                    Long.parseLong(seal.get().facts().get("rows")),
                    new BigDecimal(seal.get().facts().get("amount")));
        }
        return at(
                lake.read(PURCHASES, snapshotId)
                        .where(RowsInWindow.ofDates("purchase_date", window))
                        .agg(count(lit(1)), KrwAmounts.sumOfCents(KrwAmounts.toCents(col("amount"))))
                        .head(),
                0);
    }

    /** Number of lines and amount in two columns of {@code row}, from {@code index} on; null stands for none. */
    static MartControlTotals at(Row row, int index) {
        return new MartControlTotals(
                row.isNullAt(index) ? 0 : row.getLong(index),
                Objects.requireNonNullElse(row.getDecimal(index + 1), BigDecimal.ZERO));
    }

    /** That {@code actual} equals these control totals. */
    List<Check> checksOf(String what, MartControlTotals actual) {
        return List.of(
                Check.equal("count: " + what, rows, actual.rows),
                Check.equalAmounts("amount: " + what, amount, actual.amount));
    }
}
