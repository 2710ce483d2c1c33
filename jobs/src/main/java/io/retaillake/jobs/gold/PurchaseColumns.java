package io.retaillake.jobs.gold;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.purchases.AffiliateMonth;
import io.retaillake.common.purchases.PartitionTasks;
import io.retaillake.common.purchases.PurchasePartition;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Purchases that are grouped without being rows: files have each value once and rows with its number, and numbers are grouped several
 * times faster than what they stand for. A task reads all files of an affiliate's month, so that its groups are whole.
 */
final class PurchaseColumns implements Purchases {

    private final SparkSession spark;
    private final Table table;
    private final List<PurchasePartition> partitions;

    PurchaseColumns(SparkSession spark, Table table, List<PurchasePartition> partitions) {
        this.spark = spark;
        this.table = table;
        this.partitions = partitions;
    }

    @Override
    public void writeSales(Publication publication, TableContract mart, OverwriteFilter replaced) {
        publication.writeFiles(mart, martTable -> MartFiles.write(mart, martTable, table, tasks()), replaced);
    }

    @Override
    public JavaRDD<OverviewMeasures> overviewFigures(Map<AffiliateMonth, Long> knownReceipts) {
        Broadcast<Table> shared = share();
        return tasks().map(partition ->
                PartitionOverview.of(shared.value(), partition, knownReceipts.get(partition.affiliateMonth())));
    }

    private Broadcast<Table> share() {
        return context().broadcast(SerializableTableWithSize.copyOf(table));
    }

    private JavaRDD<PurchasePartition> tasks() {
        return PartitionTasks.of(context(), partitions);
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(spark.sparkContext());
    }
}
