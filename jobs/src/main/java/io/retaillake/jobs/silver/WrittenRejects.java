package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASE_REJECTS;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * The rejects that were written, read again.
 *
 * @param figures rows and amount
 * @param byReason rows and amount of each reason that applies to any; a row with several reasons counts under each
 */
record WrittenRejects(ControlTotals figures, Map<RejectReason, ControlTotals> byReason) {

    /** Rows that were rejected because another one with their key was kept. */
    long repeatedRows() {
        ControlTotals repeated = byReason.get(RejectReason.DUPLICATE_KEY);
        return repeated == null ? 0 : repeated.rows();
    }

    /** Records them as facts of the publication; {@code VerifyRun} and the report read them there. */
    void record(Publication publication) {
        figures.record(publication, "rejected_rows", "rejected_amount");
        byReason.forEach((reason, of) ->
                of.record(publication, "rejected_rows_" + reason.name(), "rejected_amount_" + reason.name()));
    }

    /** Reads the window's months; where there is no file, as usual, that is known without Spark. */
    static WrittenRejects of(Lake lake, Publication publication, Window window) {
        Table table = lake.find(PURCHASE_REJECTS).orElseThrow();
        try (CloseableIterable<FileScanTask> files = table.newScan()
                .useSnapshot(publication.writtenSnapshotId(PURCHASE_REJECTS))
                .filter(RowsInWindow.of(PURCHASE_REJECTS, window))
                .planFiles()) {
            if (!files.iterator().hasNext()) {
                return new WrittenRejects(new ControlTotals(0, BigDecimal.ZERO), Map.of());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Column cents = KrwAmounts.cents(col("amount").cast("double"));
        List<Column> totals = new ArrayList<>(List.of(count(lit(1)), KrwAmounts.sumOfCents(cents)));
        for (RejectReason reason : RejectReason.values()) {
            Column applies = array_contains(col("reasons"), reason.name());
            totals.add(count_if(applies));
            totals.add(KrwAmounts.sumOfCents(when(applies, cents)));
        }
        Row row = publication
                .written(PURCHASE_REJECTS)
                .where(RowsInWindow.ofSourceMonths(window))
                .agg(totals.get(0), totals.subList(1, totals.size()).toArray(Column[]::new))
                .head();
        Map<RejectReason, ControlTotals> byReason = new EnumMap<>(RejectReason.class);
        int column = 0;
        for (RejectReason reason : RejectReason.values()) {
            column += 2;
            ControlTotals figures = figures(row, column);
            if (figures.rows() > 0) {
                byReason.put(reason, figures);
            }
        }
        return new WrittenRejects(figures(row, 0), byReason);
    }

    private static ControlTotals figures(Row row, int column) {
        return new ControlTotals(row.getLong(column), ControlTotals.amount(row.getDecimal(column + 1)));
    }
}
