package io.retaillake.common.scope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.job.JobException;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A place in a source that is made of partitions, each of which numbers its records in ascending order: Kafka's offsets by topic
 * and partition, Kinesis's sequence numbers by shard (up to 56 digits), PostgreSQL's LSN by replication slot.
 *
 * @param offsets the number of the next record to read, from 0, by the partition's name
 */
public record SourcePositions(SortedMap<String, BigInteger> offsets) {

    /** Nothing of any partition. */
    public static final SourcePositions NONE = new SourcePositions(new TreeMap<>());

    private static final ObjectMapper JSON = new ObjectMapper();

    public SourcePositions {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        offsets.forEach((partition, offset) -> {
            if (partition.isBlank() || offset.signum() < 0) {
                throw new IllegalArgumentException(
                        "Not a source position: partition '" + partition + "', offset " + offset);
            }
        });
    }

    /** Of a source whose numbers are long, such as Kafka and PostgreSQL. */
    public static SourcePositions of(Map<String, Long> offsets) {
        return new SourcePositions(offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> BigInteger.valueOf(entry.getValue()),
                        (one, other) -> one,
                        TreeMap::new)));
    }

    /** These, and in their place the newer ones of the partitions that {@code newer} has. */
    public SourcePositions advancedTo(SourcePositions newer) {
        SortedMap<String, BigInteger> advanced = new TreeMap<>(offsets);
        advanced.putAll(newer.offsets);
        return new SourcePositions(advanced);
    }

    /** A JSON object of decimal strings: as numbers, other tools would round the long ones. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(offsets.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().toString(), (one, other) -> one, TreeMap::new)));
        } catch (JsonProcessingException e) {
            throw JobException.defect("Source positions can't be written", e);
        }
    }

    /**
     * What {@link #toJson} wrote.
     *
     * @throws IllegalArgumentException where it did not
     */
    public static SourcePositions fromJson(String json) {
        try {
            SortedMap<String, BigInteger> offsets = new TreeMap<>();
            JSON.readValue(json, new TypeReference<Map<String, String>>() {})
                    .forEach((partition, offset) -> offsets.put(partition, new BigInteger(offset)));
            return new SourcePositions(offsets);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not source positions: " + json, e);
        }
    }

    /** For messages, e.g. {@code orders-0=100, orders-1=85}. */
    @Override
    public String toString() {
        return offsets.isEmpty()
                ? "none"
                : offsets.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(", "));
    }
}
