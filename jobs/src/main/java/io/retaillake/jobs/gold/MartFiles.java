package io.retaillake.jobs.gold;

import static java.util.stream.Collectors.partitioningBy;

import io.retaillake.common.columnar.ColumnarTable;
import io.retaillake.common.columnar.PageBuffer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.TaskFiles;
import io.retaillake.common.purchases.PartTasks;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.SharedReceipts;
import java.io.IOException;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The data files of a monthly mart that is made from silver's columns, one for each affiliate's month unless that has millions of rows. */
final class MartFiles {

    private static final YearMonth EPOCH = YearMonth.of(1970, 1);

    private MartFiles() {}

    /**
     * Writes those of the months that {@code parts} are of. Costs a scan of the columns that the mart has, and for months of several
     * parts what {@link DividedSales} costs.
     */
    static List<DataFile> write(
            JavaSparkContext context, TableContract contract, Table mart, Table silver, List<PurchasePart> parts) {
        MartColumns columns = MartColumns.of(contract);
        Broadcast<Table> sharedMart = context.broadcast(SerializableTableWithSize.copyOf(mart));
        Broadcast<Table> sharedSilver = context.broadcast(SerializableTableWithSize.copyOf(silver));
        Map<Boolean, List<PurchasePart>> whole = parts.stream().collect(partitioningBy(PurchasePart::isWhole));
        try {
            JavaRDD<PartSales> sales = PartTasks.of(context, whole.get(true))
                    .map(month -> PartSales.of(sharedSilver.value(), month, columns, SharedReceipts.NONE));
            if (!whole.get(false).isEmpty()) {
                sales = sales.union(DividedSales.of(context, sharedSilver, whole.get(false), columns));
            }
            return sales.mapPartitions(
                            months -> write(months, sharedMart.value()).iterator())
                    .collect();
        } finally {
            sharedMart.destroy();
            sharedSilver.destroy();
        }
    }

    private static List<DataFile> write(Iterator<PartSales> months, Table mart) throws IOException {
        TaskContext task = TaskContext.get();
        ColumnarTable columnar = new ColumnarTable(mart);
        try (PageBuffer bytes = new PageBuffer();
                TaskFiles<MartFile> files =
                        new TaskFiles<>(mart, FileFormat.PARQUET, task.partitionId(), task.taskAttemptId())) {
            while (months.hasNext()) {
                PartSales sales = months.next();
                if (sales.groups().size() > 0) {
                    TaskFiles<MartFile>.Partition partition = files.partition(
                            key(sales.affiliateMonth().month(), mart), place -> new MartFile(columnar, place, bytes));
                    partition.file().write(sales);
                    partition.finish();
                }
            }
            return files.finish();
        }
    }

    private static PartitionKey key(YearMonth month, Table mart) {
        PartitionKey key = new PartitionKey(mart.spec(), mart.schema());
        key.set(0, (int) EPOCH.until(month, ChronoUnit.MONTHS));
        return key;
    }
}
