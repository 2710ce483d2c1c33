package io.retaillake.jobs.gold;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.parquet.PageBytes;
import io.retaillake.common.publish.TaskFiles;
import io.retaillake.common.silver.PurchasePartition;
import java.io.IOException;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
            List<DataFile> files = new ArrayList<>();
            partitions
                    .map(partition ->
                            write(PartitionSales.of(sharedSilver.value(), partition, columns), sharedMart.value()))
                    .collect()
                    .forEach(files::addAll);
            return files;
        } finally {
            sharedMart.destroy();
            sharedSilver.destroy();
        }
    }

    private static List<DataFile> write(PartitionSales sales, Table mart) throws IOException {
        if (sales.groups().size() == 0) {
            return List.of();
        }
        TaskContext task = TaskContext.get();
        YearMonth month =
                YearMonth.of(sales.partition().year(), sales.partition().month());
        PartitionKey key = new PartitionKey(mart.spec(), mart.schema());
        key.set(0, (int) EPOCH.until(month, ChronoUnit.MONTHS));
        try (PageBytes bytes = new PageBytes();
                TaskFiles<MartFile> files =
                        new TaskFiles<>(mart, FileFormat.PARQUET, task.partitionId(), task.taskAttemptId())) {
            files.partition(key, place -> new MartFile(mart, place, bytes))
                    .file()
                    .write(sales);
            return files.finish();
        }
    }
}
