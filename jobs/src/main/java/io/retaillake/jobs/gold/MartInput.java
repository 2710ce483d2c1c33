package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.job.Progress;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import java.time.YearMonth;
import java.util.List;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a mart is made from.
 *
 * @param lake where its tables are
 * @param publication the mart's publication
 * @param snapshotId the snapshot of {@code silver.purchases} to read
 * @param window the months to make
 * @param progress what to tell how far it is
 */
record MartInput(Lake lake, Publication publication, long snapshotId, Window window, Progress progress) {

    /** The purchases of all months. */
    Dataset<Row> purchases() {
        return lake.read(PURCHASES, snapshotId);
    }

    /** The same, to be grouped; by columns where all their files allow it. */
    Purchases allPurchases() {
        return purchases(month -> true, lit(true));
    }

    /** The purchases of some months. */
    Purchases purchasesOf(List<YearMonth> months) {
        Column isOne = months.stream()
                .map(month -> col("purchase_year")
                        .equalTo(month.getYear())
                        .and(col("purchase_month").equalTo(month.getMonthValue())))
                .reduce(Column::or)
                .orElse(lit(false));
        return purchases(months::contains, isOne);
    }

    /** The purchases of the window's months. */
    Purchases purchasesOfWindow() {
        return window.isAll() ? allPurchases() : purchasesOf(window.months());
    }

    private Purchases purchases(Predicate<YearMonth> isWanted, Column sameInRows) {
        Table table = lake.find(PURCHASES).orElseThrow();
        return PurchasePartition.of(table, snapshotId, isWanted)
                .<Purchases>map(partitions -> new PurchaseColumns(lake.spark(), table, partitions))
                .orElseGet(() -> new PurchaseRows(purchases().where(sameInRows)));
    }
}
