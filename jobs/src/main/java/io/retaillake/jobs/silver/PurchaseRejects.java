package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.retaillake.common.contract.SilverTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes rows of {@code silver.purchase_rejects}. */
final class PurchaseRejects {

    private PurchaseRejects() {}

    /** The parsed rows that are not valid, with all their reasons. */
    static Dataset<Row> ofInvalid(Dataset<Row> parsed, String runId, long bronzeSnapshotId) {
        return of(parsed.where(not(col(PurchaseParser.VALID))), col(PurchaseParser.REASONS), runId, bronzeSnapshotId);
    }

    /** Parsed rows whose key another row has, which was kept. */
    static Dataset<Row> ofRepeated(Dataset<Row> repeated, String runId, long bronzeSnapshotId) {
        return of(repeated, array(lit(RejectReason.DUPLICATE_KEY.name())), runId, bronzeSnapshotId);
    }

    private static Dataset<Row> of(Dataset<Row> rows, Column reasons, String runId, long bronzeSnapshotId) {
        Dataset<Row> rejects = rows.withColumn("reasons", reasons)
                .withColumn("run_id", lit(runId))
                .withColumn("bronze_snapshot_id", lit(bronzeSnapshotId));
        return rejects.select(SilverTables.PURCHASE_REJECTS.columns().stream()
                .map(column -> col(column.name()).cast(column.type()).as(column.name()))
                .toArray(Column[]::new));
    }
}
