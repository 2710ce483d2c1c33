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
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.PurchaseParts;
import io.retaillake.common.purchases.RepeatedHashes;
import io.retaillake.common.purchases.SharedReceipts;
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
 * @param repeated keys that several rows have; those within a part come first
 */
record WrittenSilver(ControlTotals figures, Repeated repeated) {

    /**
     * Keys that several rows have.
     *
     * @param keys how many
     * @param months where, in words, if other months than those written were looked at; else empty
     */
    record Repeated(long keys, String months) {

        static final Repeated NONE = new Repeated(0, "");
    }

    private static final Column[] KEY =
            PurchaseParser.KEY.stream().map(name -> col(name)).toArray(Column[]::new);

    /**
     * Reads the window's months. Each part of an affiliate's month proves its own keys, without a shuffle. A key can be in two parts, of
     * one month or of several, only where a receipt is, so that no more than the keys of such receipts are compared with others.
     *
     * @param keyIsEnforced whether the source can't hold a key twice; if it can, the months written are compared with all others
     */
    static WrittenSilver of(Lake lake, Publication publication, Window window, boolean keyIsEnforced) {
        Window compared = keyIsEnforced ? window : Window.all();
        boolean inOtherMonths = !compared.equals(window);
        Dataset<Row> rows = publication.written(PURCHASES).where(RowsInWindow.ofDates("purchase_date", compared));
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext());
        Table table = lake.find(PURCHASES).orElseThrow();
        Optional<List<PurchasePart>> parts = PurchaseFile.of(table, publication.writtenSnapshotId(PURCHASES))
                .flatMap(files -> PurchaseParts.of(context, files, compared::contains));
        if (parts.isEmpty()) {
            ControlTotals figures =
                    ControlTotals.ofPurchases(rows.where(RowsInWindow.ofDates("purchase_date", window)));
            return new WrittenSilver(
                    figures,
                    repeatedHashes(rows, inOtherMonths ? rows.count() : figures.rows())
                                    .isEmpty()
                            ? Repeated.NONE
                            : repeated(rows, inOtherMonths));
        }
        List<PurchasePart> written = parts.get().stream()
                .filter(part -> window.contains(part.affiliateMonth().month()))
                .toList();
        PartProof proof = PartProof.of(context, table, written);
        if (proof.repeatedKeys() > 0) {
            return new WrittenSilver(proof.figures(), new Repeated(proof.repeatedKeys(), ""));
        }
        SharedReceipts shared = SharedReceipts.ofParts(parts.get());
        Repeated repeated = SharedReceiptKeys.mayRepeat(context, table, parts.get(), shared)
                ? repeated(rows.where(shared.condition().orElseThrow()), inOtherMonths)
                : Repeated.NONE;
        return new WrittenSilver(proof.figures(), repeated);
    }

    /** The hashes of keys that several of at most {@code mostRows} rows have. */
    private static RepeatedHashes repeatedHashes(Dataset<Row> purchases, long mostRows) {
        return KeyHashes.ofKeys()
                .repeated(purchases.select(KEY).queryExecution().toRdd().toJavaRDD(), mostRows);
    }

    /** The keys that several rows have. Some hashes repeat; only the keys themselves tell whether keys do. */
    private static Repeated repeated(Dataset<Row> purchases, boolean inOtherMonths) {
        Row repeated = purchases
                .groupBy(KEY)
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
