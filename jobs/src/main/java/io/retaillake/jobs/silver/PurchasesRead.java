package io.retaillake.jobs.silver;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.DamagedTable;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.purchases.PurchaseFilePart;
import io.retaillake.common.purchases.PurchaseFileRows;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.purchases.Totals;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The purchases of some months in the snapshot of bronze that silver is built from, and those of no month.
 *
 * @param rows the rows, as {@link PurchaseParser} takes them
 * @param snapshotId the snapshot
 * @param totals what their publisher counted in all months; nothing where it was no job of this library
 * @param published what it counted of these rows
 * @param keyIsEnforced whether the source can't hold a purchase's key twice
 */
record PurchasesRead(
        JavaRDD<InternalRow> rows,
        long snapshotId,
        Optional<PurchaseTotals> totals,
        Optional<ControlTotals> published,
        boolean keyIsEnforced) {

    private static final String PRODUCER = "ExtractPurchases or ImportPurchases";

    /** Those of {@code window}. Reads metadata only. */
    static PurchasesRead of(Lake lake, Publication publication, Window window) {
        lake.requireColumns(BronzeTables.PURCHASE, BronzeTables.PURCHASE.columnNames());
        long snapshotId = publication.input(BronzeTables.PURCHASE, PRODUCER, window);
        Table table = lake.find(BronzeTables.PURCHASE).orElseThrow();
        Optional<Seal> seal = Seal.of(table, table.snapshot(snapshotId));
        Optional<PurchaseTotals> totals =
                seal.map(made -> made.facts().get(BronzeTables.TOTALS_FACT)).map(PurchaseTotals::fromJson);
        return new PurchasesRead(
                rows(lake, table, snapshotId, window),
                snapshotId,
                totals,
                totals.map(all -> published(all, window)),
                seal.map(made -> Boolean.parseBoolean(made.facts().get(BronzeTables.KEY_ENFORCED_FACT)))
                        .orElse(false));
    }

    /** The rows from the files' bytes, or as Spark reads them where the files can't be taken as they are. */
    private static JavaRDD<InternalRow> rows(Lake lake, Table table, long snapshotId, Window window) {
        TableScan scan = table.newScan().useSnapshot(snapshotId).filter(RowsInWindow.of(BronzeTables.PURCHASE, window));
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        return PurchaseFilePart.tasks(table, scan, context.defaultParallelism())
                .map(tasks -> PurchaseFileRows.of(context, table, tasks))
                .orElseGet(() -> PurchaseParser.rows(
                        lake.read(BronzeTables.PURCHASE, snapshotId).where(RowsInWindow.ofSourceMonths(window))));
    }

    private static ControlTotals published(PurchaseTotals all, Window window) {
        Totals totals = all.only(month -> RowsInWindow.containsSourceMonth(window, month))
                .sum();
        return new ControlTotals(totals.rows(), totals.amount());
    }

    /** How many there are: as their publisher counted, else by a scan. */
    long expectedRows() {
        return published.map(ControlTotals::rows).orElseGet(rows::count);
    }

    /**
     * Makes sure that silver was made of what was published.
     *
     * @throws JobException exit code 4 when bronze's files hold something else
     */
    BronzeCount requirePublished(BronzeCount read) {
        published.ifPresent(figures -> DamagedTable.requireSame(
                BronzeTables.PURCHASE, figures.toString(), read.read().toString()));
        return read;
    }
}
