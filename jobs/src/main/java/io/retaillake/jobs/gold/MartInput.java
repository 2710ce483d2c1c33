package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePartition;
import io.retaillake.common.run.Progress;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a mart is made from.
 *
 * @param lake where its tables are
 * @param publication the mart's publication
 * @param silver the table {@code silver.purchases}
 * @param snapshotId its snapshot to read
 * @param files that snapshot's files; nothing where they are partitioned otherwise than this version does
 * @param window the months to make
 * @param progress what to tell how far it is
 */
record MartInput(
        Lake lake,
        Publication publication,
        Table silver,
        long snapshotId,
        Optional<List<PurchaseFile>> files,
        Window window,
        Progress progress) {

    /** The input with the files of the snapshot. Reads the table's manifests. */
    static MartInput of(Lake lake, Publication publication, long snapshotId, Window window, Progress progress) {
        Table silver = lake.find(PURCHASES).orElseThrow();
        return new MartInput(
                lake, publication, silver, snapshotId, PurchaseFile.of(silver, snapshotId), window, progress);
    }

    /** The purchases of all months. */
    Dataset<Row> purchases() {
        return lake.read(PURCHASES, snapshotId);
    }

    /** The same, to be grouped; by columns where all their files allow it. */
    Purchases allPurchases() {
        return purchasesOf(Window.all());
    }

    /** The purchases of the window's months. */
    Purchases purchasesOfWindow() {
        return purchasesOf(window);
    }

    private Purchases purchasesOf(Window months) {
        return files.flatMap(known -> PurchasePartition.of(known, months::contains))
                .<Purchases>map(partitions -> new PurchaseColumns(lake.spark(), silver, partitions))
                .orElseGet(() -> new PurchaseRows(
                        purchases().where(RowsInWindow.ofYearsAndMonths("purchase_year", "purchase_month", months))));
    }
}
