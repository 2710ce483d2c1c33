package io.retaillake.jobs.bronze;

import io.retaillake.common.source.CopyQuery;
import io.retaillake.common.source.CopyReader;
import java.io.IOException;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.sql.SparkSession;

/**
 * Copies purchases from the source into data files of {@code bronze.purchase}, a task for each query. The server's bytes become the
 * files' without Spark's rows between them, because those take most of the time for which the snapshot is held.
 */
final class CopiedPurchases {

    /** Counting each row by itself would cost more than reading it. */
    private static final int ROWS_PER_COUNT = 1000;

    private CopiedPurchases() {}

    /** Writes what {@code queries} give, which each give the table's columns but the last, into files of {@code table}. */
    static List<DataFile> write(SparkSession spark, Table table, List<CopyQuery> queries) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            return context.parallelize(queries, queries.size())
                    .flatMap(query -> copy(query, shared.value()).iterator())
                    .collect();
        } finally {
            shared.destroy();
        }
    }

    private static List<DataFile> copy(CopyQuery query, Table table) throws IOException {
        TaskContext task = TaskContext.get();
        InputMetrics metrics = task.taskMetrics().inputMetrics();
        try (CopyReader source = CopyReader.open(query);
                MonthFiles files = new MonthFiles(table, task.partitionId(), task.taskAttemptId())) {
            long rows = 0;
            while (source.next()) {
                files.write(source.rows());
                rows++;
                if (rows % ROWS_PER_COUNT == 0) {
                    task.killTaskIfInterrupted();
                    metrics.incRecordsRead(ROWS_PER_COUNT);
                }
            }
            metrics.incRecordsRead(rows % ROWS_PER_COUNT);
            return files.finish();
        }
    }
}
