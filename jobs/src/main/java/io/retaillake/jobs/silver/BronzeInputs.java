package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The snapshots of bronze that silver is built from.
 *
 * @param purchases the purchases of the window's months and those of no month
 * @param purchaseSnapshotId the snapshot that they are from
 * @param keyIsEnforced whether the source can't hold a purchase's key twice
 * @param products the product categories
 * @param customers the customers
 * @param zipcode the postal areas' cities
 */
record BronzeInputs(
        Dataset<Row> purchases,
        long purchaseSnapshotId,
        boolean keyIsEnforced,
        Dataset<Row> products,
        Dataset<Row> customers,
        Dataset<Row> zipcode) {

    private static final String PURCHASES_PRODUCER = "ExtractPurchases or ImportPurchases";
    private static final String DIMENSIONS_PRODUCER = "ExtractDimensions";

    static BronzeInputs read(Lake lake, Publication publication, Window window) {
        long snapshotId = publication.input(BronzeTables.PURCHASE, PURCHASES_PRODUCER);
        Dataset<Row> purchases = lake.read(BronzeTables.PURCHASE, snapshotId).where(inWindow(window));
        boolean keyIsEnforced = lake.find(BronzeTables.PURCHASE)
                .flatMap(table -> Seal.of(table, table.snapshot(snapshotId)))
                .map(seal -> Boolean.parseBoolean(seal.facts().get(BronzeTables.KEY_ENFORCED_FACT)))
                .orElse(false);
        return new BronzeInputs(
                purchases,
                snapshotId,
                keyIsEnforced,
                dimension(BronzeTables.PRODUCTS_INFO, lake, publication),
                dimension(BronzeTables.CUSTOMER, lake, publication),
                dimension(BronzeTables.ZIPCODE, lake, publication));
    }

    private static Dataset<Row> dimension(TableContract contract, Lake lake, Publication publication) {
        return lake.read(contract, publication.input(contract, DIMENSIONS_PRODUCER));
    }

    /** The values of {@code source_month} that a window is about: its months, and none. */
    static List<String> sourceMonths(Window window) {
        return Stream.concat(window.sourceMonths().stream(), Stream.of(BronzeTables.NO_MONTH))
                .toList();
    }

    /** True for the rows of bronze, and the rejects, that a window is about. */
    static Column inWindow(Window window) {
        return window.isAll()
                ? lit(true)
                : col("source_month").isin(sourceMonths(window).toArray());
    }
}
