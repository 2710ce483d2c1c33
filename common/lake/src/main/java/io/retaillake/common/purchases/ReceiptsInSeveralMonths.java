package io.retaillake.common.purchases;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;

/** Finds the purchases of receipts that have lines in several months. */
public final class ReceiptsInSeveralMonths {

    private ReceiptsInSeveralMonths() {}

    /**
     * Which rows of the files may belong to such receipts; nothing where there are none. Usually the files' statistics tell; else what
     * {@link SharedReceipts#narrowed} costs.
     *
     * @param purchases the table {@code silver.purchases}
     */
    public static Optional<Column> condition(JavaSparkContext context, Table purchases, List<PurchaseFile> files) {
        SharedReceipts shared = SharedReceipts.ofMonths(files);
        Optional<List<PurchasePart>> parts = PurchaseParts.of(context, files, month -> true);
        if (shared.areNone() || parts.isEmpty()) {
            return shared.condition();
        }
        Broadcast<Table> table = context.broadcast(SerializableTableWithSize.copyOf(purchases));
        try {
            return shared.narrowed(context, table, parts.get()).condition();
        } finally {
            table.destroy();
        }
    }
}
