package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.silver.AffiliateMonth;
import io.retaillake.common.silver.PurchasePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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
    public Dataset<Row> salesBy(List<String> keys) {
        return sales(keys, false);
    }

    @Override
    public Dataset<Row> salesAndReceiptsBy(List<String> keys) {
        return sales(keys, true);
    }

    private Dataset<Row> sales(List<String> keys, boolean withReceipts) {
        List<String> columns = more(keys);
        Broadcast<Table> shared = share();
        RDD<InternalRow> rows = tasks().flatMap(
                        partition -> PartitionSales.of(shared.value(), partition, columns, withReceipts))
                .rdd();
        return spark.internalCreateDataFrame(rows, schema(keys, withReceipts), false);
    }

    @Override
    public JavaRDD<OverviewFigures> overviewFigures(Map<AffiliateMonth, Long> knownReceipts) {
        Broadcast<Table> shared = share();
        return tasks().map(partition ->
                PartitionFigures.of(shared.value(), partition, knownReceipts.get(partition.affiliateMonth())));
    }

    private Broadcast<Table> share() {
        return context().broadcast(SerializableTableWithSize.copyOf(table));
    }

    private JavaRDD<PurchasePartition> tasks() {
        return context().parallelize(partitions, Math.max(1, partitions.size()));
    }

    private JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    private static List<String> more(List<String> keys) {
        List<String> partition = Measures.monthlyBy();
        if (!keys.subList(0, Math.min(keys.size(), partition.size())).equals(partition)) {
            throw new IllegalArgumentException(keys + " do not begin with " + partition);
        }
        return List.copyOf(keys.subList(partition.size(), keys.size()));
    }

    private static StructType schema(List<String> keys, boolean withReceipts) {
        List<StructField> fields = new ArrayList<>();
        for (String key : keys) {
            fields.add(PURCHASES.schema().apply(key));
        }
        fields.add(DataTypes.createStructField(Measures.TOTAL, KrwAmounts.TOTAL, false));
        fields.add(DataTypes.createStructField(Measures.COUNT, DataTypes.LongType, false));
        if (withReceipts) {
            fields.add(DataTypes.createStructField(Measures.RECEIPTS, DataTypes.LongType, false));
        }
        return DataTypes.createStructType(fields);
    }
}
