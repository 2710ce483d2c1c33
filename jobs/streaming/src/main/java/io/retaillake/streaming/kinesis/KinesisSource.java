package io.retaillake.streaming.kinesis;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark's source for Kinesis streams: {@code format("io.retaillake.streaming.kinesis.KinesisSource")}. Its rows are user records, taken out of
 * aggregated ones: {@code partition} (the shard's id), {@code position} (digits: the sequence number, then eight of the place in an
 * aggregated record; in the order of the shard as text and as a number), {@code payload}, {@code arrival}.
 *
 * <p>{@code readStream()} takes the options {@code stream}, {@code region}, {@code endpointUrl}, {@code startingPosition} (TRIM_HORIZON,
 * LATEST or {@link KinesisOffset} as JSON), {@code maxRecordsPerShardPerBatch}, {@code maxRecordsPerBatch}, {@code maxFetchMilliseconds} and
 * {@code failOnDataLoss}. {@code read()} reads a range, the same rows each time: after {@code startingOffsets} up to {@code endingOffsets}.
 * Shards without a place in {@code startingOffsets} begin with their oldest records; those without one in {@code endingOffsets} have no part.
 */
public final class KinesisSource implements TableProvider {

    static final StructType SCHEMA = new StructType()
            .add("partition", DataTypes.StringType, false)
            .add("position", DataTypes.StringType, false)
            .add("payload", DataTypes.BinaryType, false)
            .add("arrival", DataTypes.TimestampType, false);

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return SCHEMA;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new KinesisTable(StreamOptions.of(properties).stream());
    }

    private record KinesisTable(String name) implements SupportsRead {

        @Override
        @SuppressWarnings("deprecation") // Spark 3.5 asks for it all the same.
        public StructType schema() {
            return SCHEMA;
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.MICRO_BATCH_READ, TableCapability.BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            KinesisScan scan = new KinesisScan(StreamOptions.of(options.asCaseSensitiveMap()));
            return () -> scan;
        }
    }
}
