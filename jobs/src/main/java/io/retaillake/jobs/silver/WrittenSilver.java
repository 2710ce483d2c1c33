package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.silver.PurchaseFile;
import io.retaillake.common.silver.PurchasePartition;
import io.retaillake.common.silver.ReceiptsInSeveralMonths;
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
 * @param repeatedKeys keys that several of the rows have; where months repeat receipts of each other, keys within a month come first
 */
record WrittenSilver(Figures figures, long repeatedKeys) {

    /**
     * Reads the window's months. A key can be in two months only where a receipt is, so that the rest is compared
     * month by month: without a shuffle, unless files of others are in the way.
     */
    static WrittenSilver of(Lake lake, Publication publication, Window window) {
        Dataset<Row> rows = publication.written(PURCHASES).where(Replacement.inWindow("purchase_date", window));
        Table table = lake.find(PURCHASES).orElseThrow();
        Optional<List<PurchaseFile>> files = PurchaseFile.of(table, publication.writtenSnapshotId(PURCHASES))
                .map(all -> all.stream()
                        .filter(file -> window.isAll() || window.months().contains(file.month()))
                        .toList());
        Optional<List<PurchasePartition>> partitions =
                files.flatMap(found -> PurchasePartition.of(found, month -> true));
        if (partitions.isEmpty()) {
            Figures figures = Figures.ofPurchases(rows);
            return new WrittenSilver(figures, repeatedKeys(rows, figures.rows()));
        }
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        PartitionProof proof = PartitionProof.of(context, table, partitions.get());
        Optional<Column> inSeveralMonths = files.flatMap(all -> ReceiptsInSeveralMonths.condition(context, table, all));
        long repeatedKeys = proof.repeatedKeys() > 0 || inSeveralMonths.isEmpty()
                ? proof.repeatedKeys()
                : repeatedKeys(
                        rows.where(inSeveralMonths.get()), proof.figures().rows());
        return new WrittenSilver(proof.figures(), repeatedKeys);
    }

    /** How many keys several of at most {@code mostRows} rows have. */
    private static long repeatedKeys(Dataset<Row> purchases, long mostRows) {
        Column[] key = PurchaseParser.KEY.stream().map(name -> col(name)).toArray(Column[]::new);
        Dataset<Row> keys = purchases.select(key);
        if (KeyHashes.ofKeys()
                .repeated(keys.queryExecution().toRdd().toJavaRDD(), mostRows)
                .isEmpty()) {
            return 0;
        }
        // Some hashes repeat; only the keys themselves tell whether keys do.
        return keys.groupBy(key)
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(1))
                .count();
    }
}
