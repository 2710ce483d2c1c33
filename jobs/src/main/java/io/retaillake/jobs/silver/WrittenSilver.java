package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePartition;
import io.retaillake.common.purchases.ReceiptsInSeveralMonths;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The purchases that were written, read again.
 *
 * @param figures rows and amount
 * @param repeated keys that several rows have; where months repeat receipts of each other, keys within a month come first
 */
record WrittenSilver(ControlTotals figures, Repeated repeated) {

    /**
     * Keys that several rows have.
     *
     * @param keys how many
     * @param months where, in words, if other months than those written were looked at; else empty
     */
    record Repeated(long keys, String months) {}

    /**
     * Reads the window's months. A key can be in two months only where a receipt is, so that the rest is compared
     * month by month: without a shuffle, unless files of others are in the way.
     *
     * @param keyIsEnforced whether the source can't hold a key twice; if it can, the months written are compared with all others
     */
    static WrittenSilver of(Lake lake, Publication publication, Window window, boolean keyIsEnforced) {
        Window compared = keyIsEnforced ? window : Window.all();
        Dataset<Row> rows = publication.written(PURCHASES).where(RowsInWindow.ofDates("purchase_date", compared));
        Table table = lake.find(PURCHASES).orElseThrow();
        Optional<List<PurchaseFile>> files = PurchaseFile.of(table, publication.writtenSnapshotId(PURCHASES))
                .map(all -> all.stream()
                        .filter(file -> compared.contains(file.month()))
                        .toList());
        Optional<List<PurchasePartition>> partitions =
                files.flatMap(found -> PurchasePartition.of(found, window::contains));
        if (partitions.isEmpty()) {
            ControlTotals figures =
                    ControlTotals.ofPurchases(rows.where(RowsInWindow.ofDates("purchase_date", window)));
            boolean inOtherMonths = !compared.equals(window);
            return new WrittenSilver(
                    figures, repeated(rows, inOtherMonths ? rows.count() : figures.rows(), inOtherMonths));
        }
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        PartitionProof proof = PartitionProof.of(context, table, partitions.get());
        Optional<Column> inSeveralMonths = files.flatMap(all -> ReceiptsInSeveralMonths.condition(context, table, all));
        Repeated repeated = proof.repeatedKeys() > 0 || inSeveralMonths.isEmpty()
                ? new Repeated(proof.repeatedKeys(), "")
                : repeated(
                        rows.where(inSeveralMonths.get()),
                        files.get().stream().mapToLong(PurchaseFile::rows).sum(),
                        !compared.equals(window));
        return new WrittenSilver(proof.figures(), repeated);
    }

    /** The keys that several of at most {@code mostRows} rows have. */
    private static Repeated repeated(Dataset<Row> purchases, long mostRows, boolean inOtherMonths) {
        Column[] key = PurchaseParser.KEY.stream().map(name -> col(name)).toArray(Column[]::new);
        if (KeyHashes.ofKeys()
                .repeated(purchases.select(key).queryExecution().toRdd().toJavaRDD(), mostRows)
                .isEmpty()) {
            return new Repeated(0, "");
        }
        // Some hashes repeat; only the keys themselves tell whether keys do.
        Row repeated = purchases
                .groupBy(key)
                .agg(
                        count(lit(1)).as("rows"),
                        min("purchase_date").as("first"),
                        max("purchase_date").as("last"))
                .where(col("rows").gt(1))
                .agg(count(lit(1)), min("first"), max("last"))
                .head();
        return new Repeated(
                repeated.getLong(0),
                repeated.getLong(0) > 0 && inOtherMonths
                        ? " and others, between " + repeated.getDate(1) + " and " + repeated.getDate(2)
                                + " (run these months together)"
                        : "");
    }
}
