package io.retaillake.streaming.kinesis;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads: the records of a shard after {@code from} up to {@code to}, this one included.
 *
 * @param records how many they are; {@link #UNKNOWN} where a batch is repeated by another process than the one that planned it
 */
record ShardRange(StreamOptions options, String shard, ShardPosition from, ShardPosition to, long records)
        implements InputPartition {

    static final long UNKNOWN = -1;

    /** The shards that have something between two offsets. */
    static List<ShardRange> between(KinesisOffset start, KinesisOffset end, StreamOptions options) {
        return end.shards().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(start.position(entry.getKey())))
                .map(entry -> new ShardRange(
                        options, entry.getKey(), start.position(entry.getKey()), entry.getValue(), UNKNOWN))
                .toList();
    }

    /** This range, if it is what was read ahead, with the number of records found then. */
    ShardRange countedBy(ReadAhead.Part part) {
        return part != null && part.from().equals(from) && part.to().equals(to)
                ? new ShardRange(options, shard, from, to, part.records())
                : this;
    }

    boolean isCounted() {
        return records != UNKNOWN;
    }

    @Override
    public String toString() {
        return shard + " after " + from + " up to " + to;
    }
}
