package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.amount.PurchaseTotals;
import io.retaillake.common.avro.PurchaseFilePart;
import io.retaillake.common.avro.PurchaseFileRows;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.DamagedTable;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Fingerprint;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.publish.TextRows;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The snapshots of bronze that silver is built from.
 *
 * @param purchases the purchases of the window's months and those of no month, as {@link PurchaseParser} takes them
 * @param parsed the same, parsed by it
 * @param purchaseSnapshotId the snapshot that they are from
 * @param published what their publisher counted of them; nothing where it was no job of this library
 * @param keyIsEnforced whether the source can't hold a purchase's key twice
 * @param products the product categories
 * @param customers the customers
 * @param zipcode the postal areas' cities
 */
record BronzeInputs(
        JavaRDD<InternalRow> purchases,
        Dataset<Row> parsed,
        long purchaseSnapshotId,
        Optional<Figures> published,
        boolean keyIsEnforced,
        TextRows products,
        TextRows customers,
        TextRows zipcode) {

    private static final String PURCHASES_PRODUCER = "ExtractPurchases or ImportPurchases";
    private static final String DIMENSIONS_PRODUCER = "ExtractDimensions";

    static BronzeInputs read(Lake lake, Publication publication, Window window) {
        long snapshotId = publication.input(BronzeTables.PURCHASE, PURCHASES_PRODUCER, window);
        Optional<Seal> seal = sealOf(lake, BronzeTables.PURCHASE, snapshotId);
        JavaRDD<InternalRow> purchases = purchases(lake, snapshotId, window);
        boolean keyIsEnforced = seal.map(
                        made -> Boolean.parseBoolean(made.facts().get(BronzeTables.KEY_ENFORCED_FACT)))
                .orElse(false);
        return new BronzeInputs(
                purchases,
                PurchaseParser.parse(lake.spark(), purchases),
                snapshotId,
                seal.flatMap(made -> published(made, window)),
                keyIsEnforced,
                dimension(BronzeTables.PRODUCTS_INFO, lake, publication),
                dimension(BronzeTables.CUSTOMER, lake, publication),
                dimension(BronzeTables.ZIPCODE, lake, publication));
    }

    private static TextRows dimension(TableContract contract, Lake lake, Publication publication) {
        long snapshotId = publication.input(contract, DIMENSIONS_PRODUCER);
        TextRows rows = TextRows.read(contract, lake.find(contract).orElseThrow(), snapshotId);
        sealOf(lake, contract, snapshotId)
                .map(seal -> seal.facts().get(Fingerprint.fact(contract)))
                .ifPresent(published -> DamagedTable.requireSame(
                        contract, published, Fingerprint.of(rows).toString()));
        return rows;
    }

    /** The rows from the files' bytes, or as Spark reads them where the files can't be taken as they are. */
    private static JavaRDD<InternalRow> purchases(Lake lake, long snapshotId, Window window) {
        Table table = lake.find(BronzeTables.PURCHASE).orElseThrow();
        TableScan scan = table.newScan().useSnapshot(snapshotId).filter(RowsInWindow.of(BronzeTables.PURCHASE, window));
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        return PurchaseFilePart.tasks(table, scan)
                .map(tasks -> PurchaseFileRows.of(context, table, tasks))
                .orElseGet(() -> PurchaseParser.rows(
                        lake.read(BronzeTables.PURCHASE, snapshotId).where(inWindow(window))));
    }

    private static Optional<Seal> sealOf(Lake lake, TableContract contract, long snapshotId) {
        return lake.find(contract).flatMap(table -> Seal.of(table, table.snapshot(snapshotId)));
    }

    private static Optional<Figures> published(Seal seal, Window window) {
        return Optional.ofNullable(seal.facts().get(BronzeTables.TOTALS_FACT))
                .map(json -> PurchaseTotals.fromJson(json)
                        .only(month -> window.isAll()
                                || RowsInWindow.sourceMonths(window).contains(month))
                        .sum())
                .map(totals -> new Figures(totals.rows(), totals.amount()));
    }

    /** How many purchases there are: as their publisher counted, else by a scan. */
    long expectedRows() {
        return published.map(Figures::rows).orElseGet(purchases::count);
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

    /** True for the rows of bronze, and the rejects, that a window is about. */
    static Column inWindow(Window window) {
        return window.isAll()
                ? lit(true)
                : col("source_month").isin(RowsInWindow.sourceMonths(window).toArray());
    }
}
