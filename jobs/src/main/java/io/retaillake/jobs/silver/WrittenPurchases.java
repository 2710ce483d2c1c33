package io.retaillake.jobs.silver;

import io.retaillake.common.amount.CentsSum;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Data files of {@code silver.purchases}, and what was read to make them. Only what tasks that succeeded have read and written is in it,
 * once each, whatever Spark repeated.
 *
 * @param files the files
 * @param read all rows, and how many of them were left out
 */
record WrittenPurchases(List<DataFile> files, BronzeCount read) implements Serializable {

    private static final WrittenPurchases NOTHING =
            new WrittenPurchases(List.of(), new BronzeCount(new ControlTotals(0, BigDecimal.ZERO), 0));
    private static final int CENTS = PurchaseParser.SCHEMA.fieldIndex(PurchaseParser.CENTS);
    private static final int VALID = PurchaseParser.SCHEMA.fieldIndex(PurchaseParser.VALID);

    /**
     * Writes the valid ones of the {@code bronze} purchases, each with what {@code dimensions} know of its product, customer
     * and place, column by column. Grain in and out: a purchase line. Costs no shuffle, and for each executor a copy of the dimensions.
     *
     * @param bronze rows as {@link PurchaseParser} takes them
     */
    static WrittenPurchases write(Table table, JavaRDD<InternalRow> bronze, Dimensions dimensions) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(bronze.context());
        Broadcast<Table> sharedTable = context.broadcast(SerializableTableWithSize.copyOf(table));
        Broadcast<Dimensions> sharedDimensions = context.broadcast(dimensions);
        try {
            return bronze
                    .mapPartitions(rows -> List.of(write(rows, sharedTable.value(), sharedDimensions.value()))
                            .iterator())
                    .collect()
                    .stream()
                    .reduce(NOTHING, WrittenPurchases::plus);
        } finally {
            sharedTable.destroy();
            sharedDimensions.destroy();
        }
    }

    private static WrittenPurchases write(Iterator<InternalRow> bronze, Table table, Dimensions dimensions)
            throws IOException {
        TaskContext task = TaskContext.get();
        long rows = 0;
        long invalidRows = 0;
        CentsSum amount = new CentsSum();
        PurchaseParser parser = new PurchaseParser();
        try (PurchaseFiles files =
                new PurchaseFiles(table, new DimensionEncoder(dimensions), task.partitionId(), task.taskAttemptId())) {
            while (bronze.hasNext()) {
                InternalRow purchase = parser.parse(bronze.next());
                rows++;
                if (!purchase.isNullAt(CENTS)) {
                    amount.add(purchase.getLong(CENTS));
                }
                if (purchase.getBoolean(VALID)) {
                    files.write(purchase);
                } else {
                    invalidRows++;
                }
            }
            return new WrittenPurchases(
                    files.finish(), new BronzeCount(new ControlTotals(rows, amount.won()), invalidRows));
        }
    }

    private WrittenPurchases plus(WrittenPurchases other) {
        List<DataFile> all = new ArrayList<>(files);
        all.addAll(other.files);
        return new WrittenPurchases(all, read.plus(other.read));
    }
}
