package io.retaillake.common.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SnapshotUtil;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** A snapshot's rows under the columns that the table has today: Spark gives them under those that the snapshot was made with. */
final class SnapshotColumns {

    private SnapshotColumns() {}

    /** The rows with today's names, types and order; what was added since is null. */
    static Dataset<Row> asToday(Table table, long snapshotId, Dataset<Row> rows) {
        if (table.snapshot(snapshotId) == null) {
            return rows;
        }
        Schema then = SnapshotUtil.schemaFor(table, snapshotId);
        if (then.sameSchema(table.schema())) {
            return rows;
        }
        return rows.select(table.schema().columns().stream()
                .map(column -> asToday(column, then))
                .toArray(Column[]::new));
    }

    private static Column asToday(Types.NestedField column, Schema then) {
        DataType type = SparkSchemaUtil.convert(column.type());
        Types.NestedField earlier = then.findField(column.fieldId());
        if (earlier == null) {
            return lit(null).cast(type).as(column.name());
        }
        Column value = col("`" + earlier.name() + "`");
        return (earlier.type().equals(column.type()) ? value : value.cast(type)).as(column.name());
    }
}
