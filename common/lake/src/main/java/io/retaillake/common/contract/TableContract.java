package io.retaillake.common.contract;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a table promises its readers. Each table has one, declared once; the writers, the tests and the data dictionary
 * use it.
 *
 * @param layer the layer, which names the namespace
 * @param name the table's name in it
 * @param folder where it lies below the lake's root
 * @param grain what one row is, in one English sentence
 * @param koreanGrain the same in Korean
 * @param columns in order
 * @param key the columns that identify a row; empty where nothing does
 * @param partitions how its files are divided; empty where they are not
 * @param properties Iceberg table properties beyond the common ones
 */
public record TableContract(
        Layer layer,
        String name,
        String folder,
        String grain,
        String koreanGrain,
        List<Column> columns,
        List<String> key,
        List<PartitionField> partitions,
        Map<String, String> properties) {

    /** Where tables that are defined in SQL lie below the lake's root, each in {@code <layer>/<name>}. */
    private static final String SQL_TABLES = "data/tables";

    /** What the names of the properties begin with that keep a table's definition in SQL. */
    public static final String DEFINITION = "retail-lake.definition.";

    public TableContract {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        partitions = List.copyOf(partitions);
        properties = Map.copyOf(properties);
        List<String> names = columns.stream().map(Column::name).toList();
        for (String column : key) {
            if (!names.contains(column)) {
                throw new IllegalArgumentException(name + " has no column " + column + " for its key");
            }
        }
    }

    /** The folder of a layer's tables that are defined in SQL. */
    public static String sqlTablesFolder(Layer layer) {
        return SQL_TABLES + "/" + layer.namespace();
    }

    /** What can be said of a table that is defined in SQL without its definition: where it lies. It has no columns. */
    public static TableContract ofSqlTable(Layer layer, String name) {
        return new TableContract(
                layer, name, sqlTablesFolder(layer) + "/" + name, "", "", List.of(), List.of(), List.of(), Map.of());
    }

    /** Whether a query defines the table, and BuildTable builds it. */
    public boolean isDefinedInSql() {
        return folder.startsWith(SQL_TABLES + "/");
    }

    /** The properties that keep the table's definition; none of a table that a job of its own computes. */
    public Map<String, String> definition() {
        return definition(properties);
    }

    /** Those among any table's properties. */
    public static Map<String, String> definition(Map<String, String> properties) {
        Map<String, String> definition = new TreeMap<>(properties);
        definition.keySet().removeIf(name -> !name.startsWith(DEFINITION));
        return definition;
    }

    /** The columns' names, in order. */
    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The table's Spark schema, comments included. */
    public StructType schema() {
        return new StructType(columns.stream().map(Column::field).toArray(StructField[]::new));
    }

    /** The table's Iceberg schema, comments included. */
    public Schema icebergSchema() {
        return SparkSchemaUtil.convert(schema());
    }

    /** The table's Iceberg partitioning over {@code schema}. */
    public PartitionSpec partitionSpec(Schema schema) {
        return partitionSpec(schema, partitions);
    }

    /** The same without the fields that a table may do without. */
    public PartitionSpec coarserPartitionSpec(Schema schema) {
        return partitionSpec(
                schema, partitions.stream().filter(field -> !field.isOptional()).toList());
    }

    private static PartitionSpec partitionSpec(Schema schema, List<PartitionField> partitions) {
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        partitions.forEach(field -> field.addTo(spec));
        return spec.build();
    }

    /** The name without prefix, e.g. {@code silver.purchases}. */
    public String qualifiedName() {
        return layer.namespace() + "." + name;
    }

    @Override
    public String toString() {
        return qualifiedName();
    }
}
