package io.retaillake.streaming;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A log of records that can be read again from any position that it still has. Its rows are records: {@code source_partition},
 * {@code source_position} (digits), {@code payload} (null is an empty one) and {@code arrived_at}.
 */
interface EventSource extends AutoCloseable {

    StructType RECORD = new StructType()
            .add("source_partition", DataTypes.StringType)
            .add("source_position", DataTypes.StringType)
            .add("payload", DataTypes.BinaryType)
            .add("arrived_at", DataTypes.TimestampType);

    /** For messages, e.g. {@code the Kafka topic clicks}. */
    String description();

    /**
     * Where reading begins.
     *
     * @param reached what the lake holds already
     * @throws JobException exit code 3 where the source can't go on from there, saying why and what to do
     */
    SourcePositions begin(SourcePositions reached);

    /** The records from {@code begin} on, for as long as the query runs. */
    Dataset<Row> stream(SparkSession spark, SourcePositions begin, long maxRecordsPerBatch);

    /** The records of a range, the same whenever it is read. */
    Dataset<Row> range(SparkSession spark, PositionRange range);

    /** The positions that a query's offset log has written as {@code json}. */
    SourcePositions positions(String json);

    /**
     * Checks that the records that were read since {@link #begin} are of the same source. Costs a question to it.
     *
     * @throws JobException exit code 3 if it was deleted meanwhile, or created again; 4 if it gives no answer
     */
    void requireUnchanged();

    /** How many records the source has beyond {@code positions}; none if it gives no answer. */
    OptionalLong recordsBehind(SourcePositions positions);

    @Override
    void close();
}
