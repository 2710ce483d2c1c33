package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.PageBuffer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.TaskFiles;
import io.retaillake.common.purchases.PurchasePartition;
import java.io.IOException;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The data files of a monthly mart that is made from silver's columns, one for each affiliate's month. */
final class MartFiles {

    private static final YearMonth EPOCH = YearMonth.of(1970, 1);

    private MartFiles() {}

    /** Writes them. Costs a scan of the columns that the mart has, and no shuffle. */
    static List<DataFile> write(
            TableContract contract, Table mart, Table silver, JavaRDD<PurchasePartition> partitions) {
        MartColumns columns = MartColumns.of(contract);
        JavaSparkContext context = JavaSparkContext.fromSparkContext(partitions.context());
        Broadcast<Table> sharedMart = context.broadcast(SerializableTableWithSize.copyOf(mart));
        Broadcast<Table> sharedSilver = context.broadcast(SerializableTableWithSize.copyOf(silver));
        try {
            return partitions
                    .map(partition -> PartitionSales.of(sharedSilver.value(), partition, columns))
                    .mapPartitions(sales -> write(sales, sharedMart.value()).iterator())
                    .collect();
        } finally {
            sharedMart.destroy();
            sharedSilver.destroy();
        }
    }

    private static List<DataFile> write(Iterator<PartitionSales> partitions, Table mart) throws IOException {
        TaskContext task = TaskContext.get();
        try (PageBuffer bytes = new PageBuffer();
                TaskFiles<MartFile> files =
                        new TaskFiles<>(mart, FileFormat.PARQUET, task.partitionId(), task.taskAttemptId())) {
            while (partitions.hasNext()) {
                PartitionSales sales = partitions.next();
                if (sales.groups().size() > 0) {
                    TaskFiles<MartFile>.Partition partition =
                            files.partition(key(sales.partition(), mart), place -> new MartFile(mart, place, bytes));
                    partition.file().write(sales);
                    partition.finish();
                }
            }
            return files.finish();
        }
    }

    private static PartitionKey key(PurchasePartition purchases, Table mart) {
        YearMonth month = YearMonth.of(purchases.year(), purchases.month());
        PartitionKey key = new PartitionKey(mart.spec(), mart.schema());
        key.set(0, (int) EPOCH.until(month, ChronoUnit.MONTHS));
        return key;
    }
}
