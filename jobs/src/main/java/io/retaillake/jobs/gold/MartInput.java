package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import io.retaillake.common.columnar.ColumnarTable;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchaseParts;
import io.retaillake.common.run.Progress;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(MartInput.class);

    /** The input with the files of the snapshot. Reads the table's manifests. */
    static MartInput of(Lake lake, Publication publication, long snapshotId, Window window, Progress progress) {
        Table silver = lake.find(PURCHASES).orElseThrow();
        return new MartInput(
                lake, publication, silver, snapshotId, PurchaseFile.of(silver, snapshotId), window, progress);
    }

    /** What runs Spark's tasks. */
    JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
    }

    /** The purchases of all months. */
    Dataset<Row> purchases() {
        return lake.read(PURCHASES, snapshotId);
    }

    /** The same, to be grouped; by columns where all their files allow it. */
    Purchases allPurchases() {
        return purchasesOf(Window.all());
    }

    /** The purchases of the window's months; as rows where {@code mart} asks for files that can't be written by columns. */
    Purchases purchasesOfWindowFor(TableContract mart) {
        Optional<String> obstacle = lake.find(mart).flatMap(ColumnarTable::obstacle);
        obstacle.ifPresent(property ->
                LOG.warn("{} is written by Spark, which takes longer: the table asks for {}", mart, property));
        return obstacle.isPresent() ? rowsOf(window) : purchasesOf(window);
    }

    private Purchases purchasesOf(Window months) {
        return files.flatMap(known -> PurchaseParts.of(context(), known, months::contains))
                .<Purchases>map(parts -> new PurchaseColumns(context(), silver, parts))
                .orElseGet(() -> rowsOf(months));
    }

    private Purchases rowsOf(Window months) {
        if (files.filter(known -> PurchaseParts.areMonths(context(), known, months::contains))
                .isPresent()) {
            lake.readPartitionsWhole();
        }
        return new PurchaseRows(
                purchases().where(RowsInWindow.ofYearsAndMonths("purchase_year", "purchase_month", months)));
    }
}
