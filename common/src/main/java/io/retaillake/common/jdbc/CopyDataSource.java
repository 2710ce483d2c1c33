package io.retaillake.common.jdbc;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Reads PostgreSQL by {@code COPY … TO STDOUT (FORMAT binary)}: half the work of a query's result for the server, and rows
 * reach Spark without a Java string being made. Text and double precision columns are what it can read.
 */
public final class CopyDataSource implements TableProvider {

    /** Prefix of the options that hold a query each, numbered from 0. */
    static final String QUERY = "retail-lake.copy.query.";

    /** The option that holds the statement to begin with. */
    static final String INITIAL_STATEMENT = "retail-lake.copy.initial-statement";

    /** Spark makes it by reflection. */
    public CopyDataSource() {}

    /**
     * The rows of all {@code queries}, each read by a task over a connection of its own.
     *
     * @param sourceOptions where to connect, as {@code SourceSettings.toOptions} has it
     * @param initialStatement executed first in each connection's transaction
     * @param queries SELECT statements whose columns are as {@code schema} says
     */
    public static Dataset<Row> read(
            SparkSession spark,
            Map<String, String> sourceOptions,
            String initialStatement,
            List<String> queries,
            StructType schema) {
        var reader = spark.read()
                .format(CopyDataSource.class.getName())
                .schema(schema)
                .options(sourceOptions)
                .option(INITIAL_STATEMENT, initialStatement);
        for (int i = 0; i < queries.size(); i++) {
            reader.option(QUERY + i, queries.get(i));
        }
        return reader.load();
    }

    @Override
    public boolean supportsExternalMetadata() {
        return true;
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        throw new UnsupportedOperationException("the reader gives the schema");
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> options) {
        return new CopyTable(schema, Map.copyOf(options));
    }
}
