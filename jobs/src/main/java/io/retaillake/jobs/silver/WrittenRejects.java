package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASE_REJECTS;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Row;

/**
 * The rejects that were written, read again.
 *
 * @param figures rows and amount
 * @param repeatedRows rows that were rejected because another one with their key was kept
 */
record WrittenRejects(Figures figures, long repeatedRows) {

    /** Reads the window's months; where there is no file, as usual, that is known without Spark. */
    static WrittenRejects of(Lake lake, Publication publication, Window window) {
        Table table = lake.find(PURCHASE_REJECTS).orElseThrow();
        try (CloseableIterable<FileScanTask> files = table.newScan()
                .useSnapshot(publication.writtenSnapshotId(PURCHASE_REJECTS))
                .filter(RowsInWindow.of(PURCHASE_REJECTS, window))
                .planFiles()) {
            if (!files.iterator().hasNext()) {
                return new WrittenRejects(new Figures(0, BigDecimal.ZERO), 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Row totals = publication
                .written(PURCHASE_REJECTS)
                .where(RowsInWindow.ofSourceMonths(window))
                .agg(
                        count(lit(1)),
                        KrwAmounts.sumOfCents(KrwAmounts.cents(col("amount").cast("double"))),
                        count_if(array_contains(col("reasons"), RejectReason.DUPLICATE_KEY.name())))
                .head();
        return new WrittenRejects(
                new Figures(totals.getLong(0), Figures.amount(totals.getDecimal(1))), totals.getLong(2));
    }
}
