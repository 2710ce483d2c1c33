package io.retaillake.jobs.silver;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.DamagedTable;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Fingerprint;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.publish.StringRows;
import org.apache.iceberg.Table;
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
        PurchasesRead purchases, Dataset<Row> parsed, StringRows products, StringRows customers, StringRows zipcode) {

    private static final String DIMENSIONS_PRODUCER = "ExtractDimensions";

    static BronzeInputs read(Lake lake, Publication publication, Window window) {
        PurchasesRead purchases = PurchasesRead.of(lake, publication, window);
        return new BronzeInputs(
                purchases,
                PurchaseParser.parse(lake.spark(), purchases.rows()),
                dimension(BronzeTables.PRODUCTS_INFO, lake, publication),
                dimension(BronzeTables.CUSTOMER, lake, publication),
                dimension(BronzeTables.ZIPCODE, lake, publication));
    }

    private static StringRows dimension(TableContract contract, Lake lake, Publication publication) {
        lake.requireColumns(contract, contract.columnNames());
        long snapshotId = publication.input(contract, DIMENSIONS_PRODUCER);
        Table table = lake.find(contract).orElseThrow();
        StringRows rows = StringRows.read(contract, table, snapshotId);
        Seal.of(table, table.snapshot(snapshotId))
                .map(seal -> seal.facts().get(Fingerprint.fact(contract)))
                .ifPresent(published -> DamagedTable.requireSame(
                        contract, published, Fingerprint.of(rows).toString()));
        return rows;
    }
}
