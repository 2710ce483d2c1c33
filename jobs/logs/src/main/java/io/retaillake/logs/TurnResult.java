package io.retaillake.logs;

import io.retaillake.common.accesslog.RejectReason;
import io.retaillake.common.metrics.MetricLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a turn was.
 *
 * @param turn its number; that of the newest if it brought nothing
 * @param received the answer's items: new, known or rejected
 * @param accepted new records
 * @param known items that were there already, as a record or a reject
 * @param rejected new rejects by reason
 * @param missing ids that were found missing: the source has shown higher ones, but not them
 * @param found ids that were missing before and came now
 * @param openGaps first → last of the ids that are missing now
 * @param arrivalGap how long after the newest record before the oldest new one arrived, where ids are no numbers; else zero
 * @param rawBytes of the new records, decrypted
 * @param storedBytes of the objects with the new records
 * @param took from the beginning of the turn to its end, with the waiting for the source
 */
public record TurnResult(
        long turn,
        long received,
        long accepted,
        long known,
        Map<RejectReason, Long> rejected,
        long missing,
        long found,
        Map<Long, Long> openGaps,
        Duration arrivalGap,
        long rawBytes,
        long storedBytes,
        Duration took) {

    private static final String NAMESPACE = "RetailLake/Logs";
    private static final int RANGES_SHOWN = 5;

    /** Copies the maps. */
    public TurnResult {
        rejected = Map.copyOf(rejected);
        openGaps = new TreeMap<>(openGaps);
    }

    /** Items that are new, but no records. */
    public long rejects() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Whether it brought something, but less than half of what the source shows: a record that was late, say, before the others of its time. They
     * may come at any moment, and be gone before the next turn.
     */
    public boolean isPartial() {
        long brought = accepted + rejects();
        return brought > 0 && brought * 2 < received;
    }

    /** How many ids are missing now. */
    public long missingNow() {
        return openGaps.entrySet().stream()
                .mapToLong(range -> range.getValue() - range.getKey() + 1)
                .sum();
    }

    /** A line for people and log queries: {@code logs turn=17 received=100 new=97 known=2 rejected=1 NOT_VERIFIED=1 …}. */
    public String line() {
        StringBuilder line = new StringBuilder(200)
                .append("logs turn=")
                .append(turn)
                .append(" received=")
                .append(received)
                .append(" new=")
                .append(accepted)
                .append(" known=")
                .append(known)
                .append(" rejected=")
                .append(rejects());
        new TreeMap<>(rejected)
                .forEach((reason, items) ->
                        line.append(' ').append(reason).append('=').append(items));
        line.append(" missing=").append(missing).append(" found=").append(found);
        if (!arrivalGap.isZero()) {
            line.append(" arrival_gap_seconds=").append(arrivalGap.toSeconds());
        }
        line.append(" raw_bytes=").append(rawBytes).append(" stored_bytes=").append(storedBytes);
        line.append(" seconds=").append(String.format(Locale.ROOT, "%.2f", took.toMillis() / 1000.0));
        if (missing > 0) {
            line.append(" missing_now=")
                    .append(missingNow())
                    .append(" the_newest=")
                    .append(newestGaps());
        }
        return line.toString();
    }

    private String newestGaps() {
        return openGaps.entrySet().stream()
                .skip(Math.max(0, openGaps.size() - RANGES_SHOWN))
                .map(range -> range.getKey().equals(range.getValue())
                        ? range.getKey().toString()
                        : range.getKey() + "-" + range.getValue())
                .reduce((left, right) -> left + ',' + right)
                .orElse("");
    }

    /** The same as metrics of the source {@code source} as it is kept in {@code logs}, names without secrets. */
    public String metrics(String source, String logs, Instant now) {
        MetricLine line = new MetricLine(NAMESPACE, now)
                .dimension("source", source)
                .dimension("logs", logs)
                .property("turn", String.valueOf(turn))
                .metric("received", received, "Count")
                .metric("new", accepted, "Count")
                .metric("known", known, "Count")
                .metric("rejected", rejects(), "Count");
        new TreeMap<>(rejected).forEach((reason, items) -> line.metric("rejected_" + reason, items, "Count"));
        return line.metric("missing", missing, "Count")
                .metric("found", found, "Count")
                .metric("missing_now", missingNow(), "Count")
                .metric("arrival_gap_millis", arrivalGap.toMillis(), "Milliseconds")
                .metric("raw_bytes", rawBytes, "Bytes")
                .metric("stored_bytes", storedBytes, "Bytes")
                .metric("turn_millis", took.toMillis(), "Milliseconds")
                .toString();
    }
}
