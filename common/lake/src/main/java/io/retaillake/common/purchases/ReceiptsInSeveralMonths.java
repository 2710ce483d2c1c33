package io.retaillake.common.purchases;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** Finds the purchases of receipts that have lines in several months. */
public final class ReceiptsInSeveralMonths {

    private static final long SEED = 42;

    private ReceiptsInSeveralMonths() {}

    /**
     * Which rows of the files may belong to such receipts; nothing where there are none. Usually the files' statistics tell. Where they
     * tell little, as where receipt numbers don't ascend with time, each month's different receipts are read and compared by a 64-bit
     * hash, at the cost of a scan of one column and a shuffle of eight bytes a receipt.
     *
     * @param purchases the table {@code silver.purchases}
     */
    public static Optional<Column> condition(JavaSparkContext context, Table purchases, List<PurchaseFile> files) {
        SharedReceipts shared = SharedReceipts.of(files);
        Optional<List<PurchasePartition>> partitions = PurchasePartition.of(files, month -> true);
        if (partitions.isEmpty() || !shared.spareLittle(files)) {
            return shared.condition();
        }
        RepeatedHashes repeated = RepeatedHashes.find(
                hashes(context, purchases, partitions.get()),
                files.stream().mapToLong(PurchaseFile::rows).sum());
        return repeated.isEmpty()
                ? Optional.empty()
                : shared.condition().map(condition -> condition.and(mayBeOneOf(repeated)));
    }

    private static JavaRDD<Long> hashes(JavaSparkContext context, Table purchases, List<PurchasePartition> partitions) {
        Broadcast<Table> table = context.broadcast(SerializableTableWithSize.copyOf(purchases));
        return PartitionTasks.of(context, partitions).flatMap(partition -> {
            PartitionLines lines = new PartitionLines(table.value(), partition, List.of(PurchaseFile.RECEIPT));
            BitSet receipts = new BitSet();
            lines.forEachBatch((codes, cents, rows) -> {
                for (int row = 0; row < rows; row++) {
                    receipts.set(codes[0][row]);
                }
            });
            long affiliate = hash(UTF8String.fromString(partition.affiliate()), SEED);
            return receipts.stream()
                    .mapToObj(code -> hash(lines.values(0).text(code), affiliate))
                    .iterator();
        });
    }

    private static Column mayBeOneOf(RepeatedHashes hashes) {
        UDF2<String, String, Boolean> mayBeOne = (affiliate, receipt) ->
                hashes.mayContain(hash(UTF8String.fromString(receipt), hash(UTF8String.fromString(affiliate), SEED)));
        return udf(mayBeOne, DataTypes.BooleanType).apply(col("affiliate"), col(PurchaseFile.RECEIPT));
    }

    private static long hash(UTF8String text, long seed) {
        return XXH64.hashUTF8String(text, seed);
    }
}
