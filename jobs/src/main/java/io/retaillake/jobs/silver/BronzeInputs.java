package io.retaillake.jobs.silver;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The snapshots of bronze that silver is built from.
 *
 * @param purchases the purchases of the window's months and those of no month
 * @param parsed the same, parsed by {@link PurchaseParser}
 * @param products the product categories
 * @param customers the customers
 * @param zipcode the postal areas' cities
 */
record BronzeInputs(
        PurchasesRead purchases,
        Dataset<Row> parsed,
        PublishedDimension products,
        PublishedDimension customers,
        PublishedDimension zipcode) {

    /** Finds them. Reads metadata only. */
    static BronzeInputs of(Lake lake, Publication publication, Window window) {
        PurchasesRead purchases = PurchasesRead.of(lake, publication, window);
        return new BronzeInputs(
                purchases,
                PurchaseParser.parse(lake.spark(), purchases.rows()),
                PublishedDimension.of(BronzeTables.PRODUCTS_INFO, lake, publication),
                PublishedDimension.of(BronzeTables.CUSTOMER, lake, publication),
                PublishedDimension.of(BronzeTables.ZIPCODE, lake, publication));
    }
}
