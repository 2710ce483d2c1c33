package io.retaillake.streaming;

import io.retaillake.common.publish.Batch;
import java.time.Duration;
import java.util.Locale;

/** A batch as a line for people and log queries: {@code events batch=… received=25 accepted=23 rejected=2 NO_TIMESTAMP=2 …}. */
final class BatchLine {

    private BatchLine() {}

    static String of(Batch batch, BatchCounts counts, Duration duration) {
        StringBuilder line = new StringBuilder(160)
                .append("events batch=")
                .append(batch.id())
                .append(" received=")
                .append(counts.received())
                .append(" accepted=")
                .append(counts.accepted())
                .append(" rejected=")
                .append(counts.rejected());
        counts.reasons()
                .forEach((reason, rows) ->
                        line.append(' ').append(reason).append('=').append(rows));
        return line.append(" longest_delay_seconds=")
                .append(seconds(counts.longestDelay()))
                .append(" batch_seconds=")
                .append(seconds(duration))
                .toString();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
    }
}
