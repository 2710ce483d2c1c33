package io.retaillake.common.jdbc;

import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * What is read by COPY, and how: one task for each query, all columns.
 *
 * @param schema the columns that each query gives
 * @param options where to connect, the queries, and the statement before them
 */
@SuppressWarnings("deprecation") // Table.schema() is deprecated, but abstract in Spark 3.5.
record CopyTable(StructType schema, Map<String, String> options)
        implements Table, SupportsRead, ScanBuilder, Scan, Batch {

    @Override
    public String name() {
        return "PostgreSQL by COPY";
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap readOptions) {
        return this;
    }

    @Override
    public Scan build() {
        return this;
    }

    @Override
    public StructType readSchema() {
        return schema;
    }

    @Override
    public Batch toBatch() {
        return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
        String initialStatement = options.get(CopyDataSource.INITIAL_STATEMENT);
        return IntStream.iterate(0, i -> options.containsKey(CopyDataSource.QUERY + i), i -> i + 1)
                .mapToObj(i ->
                        new CopyPartition(options, initialStatement, options.get(CopyDataSource.QUERY + i), schema))
                .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return partition -> CopyReader.open((CopyPartition) partition);
    }
}
