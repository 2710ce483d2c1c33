package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.source.BinaryCopyRows;
import io.retaillake.common.source.CopyQuery;
import io.retaillake.common.source.CopyReader;
import java.io.Closeable;
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
 * Copies rows from the source into data files of a table of bronze, a task for each query. The server's bytes become the files'
 * without Spark's rows between them, because those take most of the time for which the snapshot is held.
 */
final class CopiedFiles {

    /** Counting each row by itself would cost more than reading it. */
    private static final int ROWS_PER_COUNT = 1000;

    private CopiedFiles() {}

    /** The files that a task writes; to close it removes those that were not given away. */
    interface Target extends Closeable {

        /** Writes the current row, which has the source's columns in bronze's order. */
        void write(BinaryCopyRows copied) throws IOException;

        /** Ends the files and describes them. From then on they are the caller's. */
        List<DataFile> finish() throws IOException;
    }

    /** Writes what {@code queries} give, which each give the source's columns of {@code contract}, into files of {@code table}. */
    static List<DataFile> write(SparkSession spark, TableContract contract, Table table, List<CopyQuery> queries) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        String name = contract.name();
        try {
            return context.parallelize(queries, queries.size())
                    .flatMap(query -> copy(query, name, shared.value()).iterator())
                    .collect();
        } finally {
            shared.destroy();
        }
    }

    private static List<DataFile> copy(CopyQuery query, String name, Table table) throws IOException {
        TaskContext task = TaskContext.get();
        InputMetrics metrics = task.taskMetrics().inputMetrics();
        try (CopyReader source = CopyReader.open(query);
                Target files = target(name, table, task)) {
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

    private static Target target(String name, Table table, TaskContext task) {
        if (name.equals(BronzeTables.PURCHASE.name())) {
            return new MonthFiles(table, task.partitionId(), task.taskAttemptId());
        }
        TableContract dimension = BronzeTables.DIMENSIONS.stream()
                .filter(contract -> contract.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new DimensionFiles(dimension, table, task.partitionId(), task.taskAttemptId());
    }
}
