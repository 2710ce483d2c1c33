package io.retaillake.streaming;

import static org.apache.spark.sql.functions.col;

import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.streaming.kinesis.KinesisOffset;
import io.retaillake.streaming.kinesis.KinesisSource;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A stream of Kinesis. Its partitions are shards; one that takes the place of others by a split or merge is read after them. What is gone or
 * was created anew is found when the first batch is read, and ends the query.
 *
 * @param stream the stream's name
 * @param options how the stream is reached: {@code region} and {@code endpointUrl}, where they are not the SDK's default
 */
record KinesisStreamSource(String stream, Map<String, String> options) implements EventSource {

    private static final String FORMAT = KinesisSource.class.getName();

    @Override
    public String description() {
        return "the Kinesis stream " + stream;
    }

    @Override
    public SourcePositions begin(SourcePositions reached) {
        return reached;
    }

    @Override
    public Dataset<Row> stream(SparkSession spark, SourcePositions begin, long maxRecordsPerBatch) {
        return records(spark.readStream()
                .format(FORMAT)
                .options(options)
                .option("stream", stream)
                .option(
                        "startingPosition",
                        begin.offsets().isEmpty()
                                ? "TRIM_HORIZON"
                                : KinesisOffset.ofPositions(begin).json())
                .option("maxRecordsPerBatch", maxRecordsPerBatch)
                .load());
    }

    @Override
    public Dataset<Row> range(SparkSession spark, PositionRange range) {
        return records(spark.read()
                .format(FORMAT)
                .options(options)
                .option("stream", stream)
                .option(
                        "startingOffsets",
                        KinesisOffset.ofPositions(range.from()).json())
                .option("endingOffsets", KinesisOffset.ofPositions(range.to()).json())
                .load());
    }

    private static Dataset<Row> records(Dataset<Row> kinesis) {
        return kinesis.select(
                col("partition").as("source_partition"),
                col("position").as("source_position"),
                col("payload"),
                col("arrival").as("arrived_at"));
    }

    @Override
    public SourcePositions positions(String json) {
        return KinesisOffset.ofJson(json).positions();
    }

    /** Nothing to ask: numbers of a stream that was created anew are refused when they are read. */
    @Override
    public void requireUnchanged() {}

    /** None: Kinesis says how old a shard's next record is, and not how many there are. */
    @Override
    public OptionalLong recordsBehind(SourcePositions positions) {
        return OptionalLong.empty();
    }

    @Override
    public void close() {}
}
