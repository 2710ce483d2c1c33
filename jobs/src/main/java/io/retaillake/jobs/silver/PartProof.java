package io.retaillake.jobs.silver;

import io.retaillake.common.amount.CentsSum;
import io.retaillake.common.columnar.RepeatedGroups;
import io.retaillake.common.purchases.PartLines;
import io.retaillake.common.purchases.PartTasks;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePart;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the purchases of parts of affiliates' months are, read from their files by columns.
 *
 * @param figures rows and amount
 * @param repeatedKeys keys that several rows of one part have
 */
record PartProof(ControlTotals figures, long repeatedKeys) implements Serializable {

    /** The columns of a key but the affiliate; the receipt last, because a product has few numbers and they stay near. */
    static final List<String> KEY_IN_PART =
            List.of("division_cd", "main_category_cd", "sub_category_cd", PurchaseFile.RECEIPT);

    private static final PartProof NOTHING = new PartProof(new ControlTotals(0, BigDecimal.ZERO), 0);

    /** Of all {@code parts} together. Costs a scan and no shuffle; a task needs memory for the keys of its part. */
    static PartProof of(JavaSparkContext context, Table table, List<PurchasePart> parts) {
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            return PartTasks.of(context, parts).map(part -> of(shared.value(), part)).collect().stream()
                    .reduce(NOTHING, PartProof::plus);
        } finally {
            shared.destroy();
        }
    }

    private static PartProof of(Table table, PurchasePart part) {
        RepeatedGroups keys = new RepeatedGroups(KEY_IN_PART.size());
        CentsSum amount = new CentsSum();
        long[] rows = new long[1];
        new PartLines(table, part, KEY_IN_PART).forEachBatch((codes, cents, rowCount) -> {
            keys.add(codes, rowCount);
            for (int row = 0; row < rowCount; row++) {
                amount.add(cents[row]);
            }
            rows[0] += rowCount;
        });
        return new PartProof(new ControlTotals(rows[0], amount.won()), keys.count());
    }

    private PartProof plus(PartProof other) {
        return new PartProof(figures.plus(other.figures), repeatedKeys + other.repeatedKeys);
    }
}
