package io.retaillake.common.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
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

    /** As JSON has them: decimal strings, because other tools would round the long ones as numbers. */
    @JsonValue
    SortedMap<String, String> strings() {
        SortedMap<String, String> strings = new TreeMap<>();
        offsets.forEach((partition, offset) -> strings.put(partition, offset.toString()));
        return strings;
    }

    @JsonCreator
    static SourcePositions ofStrings(Map<String, String> strings) {
        SortedMap<String, BigInteger> offsets = new TreeMap<>();
        strings.forEach((partition, offset) -> offsets.put(partition, new BigInteger(offset)));
        return new SourcePositions(offsets);
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
