package io.retaillake.streaming;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a batch held.
 *
 * @param accepted events
 * @param rejected payloads that are none
 * @param reasons how many of those have each reason; one may have several
 * @param newestEvent when the newest event happened, or arrived if that was earlier: a producer's clock that is ahead moves no window;
 *     null without events
 * @param oldestEvent when the oldest event happened; null without events
 * @param longestDelay the most time between an event and its arrival; zero without events
 */
record BatchCounts(
        long accepted,
        long rejected,
        SortedMap<String, Long> reasons,
        Instant newestEvent,
        Instant oldestEvent,
        Duration longestDelay) {

    /** Counts judged rows. Reads them once. */
    static BatchCounts of(Dataset<Row> judged) {
        List<Row> groups = judged.groupBy("reasons")
                .agg(
                        count(lit(1)),
                        max(least(unix_micros(col("timestamp")), unix_micros(col("arrived_at")))),
                        min(unix_micros(col("timestamp"))),
                        max(unix_micros(col("arrived_at")).minus(unix_micros(col("timestamp")))))
                .collectAsList();
        long accepted = 0;
        long rejected = 0;
        SortedMap<String, Long> reasons = new TreeMap<>();
        Instant newest = null;
        Instant oldest = null;
        Duration delay = Duration.ZERO;
        for (Row group : groups) {
            long rows = group.getLong(1);
            if (group.isNullAt(0)) {
                accepted = rows;
                newest = Instant.EPOCH.plus(group.getLong(2), ChronoUnit.MICROS);
                oldest = Instant.EPOCH.plus(group.getLong(3), ChronoUnit.MICROS);
                delay = Duration.of(Math.max(0, group.getLong(4)), ChronoUnit.MICROS);
            } else {
                rejected += rows;
                group.<String>getList(0).forEach(reason -> reasons.merge(reason, rows, Long::sum));
            }
        }
        return new BatchCounts(accepted, rejected, Collections.unmodifiableSortedMap(reasons), newest, oldest, delay);
    }

    /** Payloads, accepted or not. */
    long received() {
        return accepted + rejected;
    }
}
