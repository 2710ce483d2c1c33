package io.retaillake.jobs.silver;

import io.retaillake.common.amount.CentsSum;
import io.retaillake.common.columnar.GroupByHash;
import io.retaillake.common.purchases.PartitionLines;
import io.retaillake.common.purchases.PartitionTasks;
import io.retaillake.common.purchases.PurchasePartition;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the purchases of affiliates' months are, read from their files by columns.
 *
 * @param figures rows and amount
 * @param repeatedKeys keys that several rows of one affiliate's month have
 */
record PartitionProof(ControlTotals figures, long repeatedKeys) implements Serializable {

    /** Those of a key but the affiliate; the receipt last, because a product has few numbers and they stay near. */
    private static final List<String> KEY_IN_PARTITION =
            List.of("division_cd", "main_category_cd", "sub_category_cd", "receipt_no");

    private static final PartitionProof NOTHING = new PartitionProof(new ControlTotals(0, BigDecimal.ZERO), 0);

    /** Of all {@code partitions} together. Costs a scan and no shuffle; a task needs memory for the keys of its partition. */
    static PartitionProof of(JavaSparkContext context, Table table, List<PurchasePartition> partitions) {
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            return PartitionTasks.of(context, partitions)
                    .map(partition -> of(shared.value(), partition))
                    .collect()
                    .stream()
                    .reduce(NOTHING, PartitionProof::plus);
        } finally {
            shared.destroy();
        }
    }

    private static PartitionProof of(Table table, PurchasePartition partition) {
        GroupByHash keys = new GroupByHash(KEY_IN_PARTITION.size());
        int[] keysOfRows = new int[PartitionLines.ROWS_IN_A_BATCH];
        BitSet seen = new BitSet();
        BitSet repeated = new BitSet();
        CentsSum amount = new CentsSum();
        long[] rows = new long[1];
        new PartitionLines(table, partition, KEY_IN_PARTITION).forEachBatch((codes, cents, rowCount) -> {
            keys.find(codes, keysOfRows, rowCount);
            for (int row = 0; row < rowCount; row++) {
                amount.add(cents[row]);
                if (seen.get(keysOfRows[row])) {
                    repeated.set(keysOfRows[row]);
                }
                seen.set(keysOfRows[row]);
            }
            rows[0] += rowCount;
        });
        return new PartitionProof(new ControlTotals(rows[0], amount.won()), repeated.cardinality());
    }

    private PartitionProof plus(PartitionProof other) {
        return new PartitionProof(figures.plus(other.figures), repeatedKeys + other.repeatedKeys);
    }
}
