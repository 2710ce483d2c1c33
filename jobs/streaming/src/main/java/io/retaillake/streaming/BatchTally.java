package io.retaillake.streaming;

import io.retaillake.common.event.RejectReason;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts payloads as they are judged, in each task and then of all. */
final class BatchTally implements Serializable {

    private static final long serialVersionUID = 1;

    private final Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
    private long accepted;
    private long rejected;
    private long newestMicros = Long.MIN_VALUE;
    private long longestDelayMicros;

    void accept(long timestampMicros, long arrivedAtMicros) {
        accepted++;
        newestMicros = Math.max(newestMicros, Math.min(timestampMicros, arrivedAtMicros));
        longestDelayMicros = Math.max(longestDelayMicros, arrivedAtMicros - timestampMicros);
    }

    void reject(Set<RejectReason> why) {
        rejected++;
        why.forEach(reason -> reasons.merge(reason, 1L, Long::sum));
    }

    void add(BatchTally other) {
        accepted += other.accepted;
        rejected += other.rejected;
        newestMicros = Math.max(newestMicros, other.newestMicros);
        longestDelayMicros = Math.max(longestDelayMicros, other.longestDelayMicros);
        other.reasons.forEach((reason, payloads) -> reasons.merge(reason, payloads, Long::sum));
    }

    BatchCounts counts() {
        SortedMap<String, Long> byName = new TreeMap<>();
        reasons.forEach((reason, payloads) -> byName.put(reason.name(), payloads));
        return new BatchCounts(
                accepted,
                rejected,
                Collections.unmodifiableSortedMap(byName),
                accepted == 0 ? null : Instant.EPOCH.plus(newestMicros, ChronoUnit.MICROS),
                Duration.of(longestDelayMicros, ChronoUnit.MICROS));
    }
}
