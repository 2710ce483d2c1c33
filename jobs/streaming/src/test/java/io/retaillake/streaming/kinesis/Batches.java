package io.retaillake.streaming.kinesis;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a query's batches had, by their number; a repeated one replaces its first attempt. */
final class Batches {

    /** A row; records of the same bytes are equal. */
    record Read(String partition, String position, String payload, String arrival) {}

    private final Map<Long, List<Read>> batches = new ConcurrentSkipListMap<>();

    void add(Dataset<Row> rows, long batch) {
        batches.put(batch, read(rows));
    }

    static List<Read> read(Dataset<Row> rows) {
        return rows.collectAsList().stream()
                .map(row -> new Read(
                        row.getString(0),
                        row.getString(1),
                        new String((byte[]) row.get(2), StandardCharsets.UTF_8),
                        row.getTimestamp(3).toInstant().toString()))
                .toList();
    }

    List<Read> all() {
        return batches.values().stream().flatMap(Collection::stream).toList();
    }

    List<String> payloads() {
        return all().stream().map(Read::payload).toList();
    }

    Map<Long, List<Read>> byNumber() {
        return new TreeMap<>(batches);
    }

    /** The first and the last batch in which a shard had rows. */
    Map<String, long[]> batchesOfShards() {
        Map<String, long[]> found = new TreeMap<>();
        batches.forEach((number, rows) -> rows.forEach(row -> {
            long[] span = found.computeIfAbsent(row.partition(), shard -> new long[] {number, number});
            span[1] = number;
        }));
        return found;
    }
}
