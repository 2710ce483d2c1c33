package io.retaillake.common.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a snapshot of a table, which Iceberg for Spark 4.1 offers otherwise: this is for Spark 3.5. */
public final class SnapshotRead {

    private SnapshotRead() {}

    /** The rows of a snapshot under the table's columns of today; what was added since is null. */
    public static Dataset<Row> read(SparkSession spark, String identifier, long snapshotId) {
        return spark.read().option("snapshot-id", snapshotId).table(identifier);
    }
}
