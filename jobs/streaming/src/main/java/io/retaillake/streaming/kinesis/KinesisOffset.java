package io.retaillake.streaming.kinesis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.connector.read.streaming.Offset;

/**
 * How far each shard has been read, as JSON by the shard's id, e.g. {@code {"shardId-000000000000":"4954…","shardId-000000000001":"SHARD_END"}}.
 * It has the shards that are being read, and those read to their end until their children are in it.
 */
public final class KinesisOffset extends Offset {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SortedMap<String, ShardPosition> shards;

    KinesisOffset(Map<String, ShardPosition> shards) {
        this.shards = Collections.unmodifiableSortedMap(new TreeMap<>(shards));
    }

    /**
     * Reads what {@link #json()} writes.
     *
     * @throws JobException exit code 2 if it is no such JSON
     */
    public static KinesisOffset ofJson(String json) {
        try {
            Map<String, String> texts = JSON.readValue(json, new TypeReference<>() {});
            SortedMap<String, ShardPosition> shards = new TreeMap<>();
            texts.forEach((shard, text) -> shards.put(shard, new ShardPosition(String.valueOf(text))));
            return new KinesisOffset(shards);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw JobException.badArguments(
                    "Not the offsets of a Kinesis stream: " + json + "\n"
                            + (e instanceof IllegalArgumentException
                                    ? e.getMessage()
                                    : "Expected is JSON with a position for each shard, e.g. {\"shardId-000000000000\":\"TRIM_HORIZON\"}"));
        }
    }

    /** The offset whose {@link #positions()} are these. */
    public static KinesisOffset ofPositions(SourcePositions positions) {
        SortedMap<String, ShardPosition> shards = new TreeMap<>();
        positions.offsets().forEach((shard, number) -> shards.put(shard, ShardPosition.ofNumber(number)));
        return new KinesisOffset(shards);
    }

    /** The number of the next user record of each shard, comparable with the column {@code position}. */
    public SourcePositions positions() {
        SortedMap<String, BigInteger> numbers = new TreeMap<>();
        shards.forEach((shard, position) -> numbers.put(shard, position.number()));
        return new SourcePositions(numbers);
    }

    /** What a batch from this offset to {@code end} holds: shards that were at their end already have no part in it. */
    public PositionRange rangeTo(KinesisOffset end) {
        SortedMap<String, ShardPosition> from = new TreeMap<>();
        end.shards.keySet().forEach(shard -> from.put(shard, position(shard)));
        return new PositionRange(new KinesisOffset(from).positions(), end.positions());
    }

    SortedMap<String, ShardPosition> shards() {
        return shards;
    }

    /** A shard's position; its oldest record if this offset does not have the shard. */
    ShardPosition position(String shard) {
        return shards.getOrDefault(shard, ShardPosition.TRIM_HORIZON);
    }

    @Override
    public String json() {
        SortedMap<String, String> texts = new TreeMap<>();
        shards.forEach((shard, position) -> texts.put(shard, position.text()));
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw JobException.defect("Offsets can't be written as JSON", e);
        }
    }
}
