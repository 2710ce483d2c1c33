package io.retaillake.common.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;

/** Reads a snapshot of a table, which Iceberg for Spark 3.5 offers otherwise: this is for Spark 4.1. */
public final class SnapshotRead {

    private SnapshotRead() {}

    /** The rows of a snapshot under the table's columns of today; what was added since is null. */
    public static Dataset<Row> read(SparkSession spark, String identifier, long snapshotId) {
        Table table = table(spark, identifier);
        Schema then = table.schemas().get(table.snapshot(snapshotId).schemaId());
        Column[] today = table.schema().columns().stream()
                .map(column -> column(then, column))
                .toArray(Column[]::new);
        return spark.read().option("versionAsOf", snapshotId).table(identifier).select(today);
    }

    private static Table table(SparkSession spark, String identifier) {
        try {
            return Spark3Util.loadIcebergTable(spark, identifier);
        } catch (ParseException | NoSuchTableException e) {
            throw new IllegalArgumentException("No table " + identifier, e);
        }
    }

    private static Column column(Schema then, NestedField today) {
        NestedField column = then.findField(today.fieldId());
        Column values = column == null ? lit(null) : col("`" + column.name() + "`");
        return values.cast(SparkSchemaUtil.convert(today.type())).as(today.name());
    }
}
