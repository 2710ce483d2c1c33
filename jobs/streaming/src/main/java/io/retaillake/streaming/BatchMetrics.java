package io.retaillake.streaming;

import io.retaillake.common.metrics.MetricLine;
import io.retaillake.common.publish.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** A batch as a line of metrics. */
final class BatchMetrics {

    static final String NAMESPACE = "RetailLake/Events";

    private BatchMetrics() {}

    /**
     * The line.
     *
     * @param recordsBehind how many records the source has after the batch; none if it could not be asked
     */
    static String of(Batch batch, BatchCounts counts, Duration duration, OptionalLong recordsBehind, Instant now) {
        MetricLine line = new MetricLine(NAMESPACE, now)
                .dimension("query", batch.query())
                .property("batch", batch.id())
                .metric("received", counts.received(), "Count")
                .metric("accepted", counts.accepted(), "Count")
                .metric("rejected", counts.rejected(), "Count");
        counts.reasons().forEach((reason, rows) -> line.metric("rejected_" + reason, rows, "Count"));
        recordsBehind.ifPresent(records -> line.metric("records_behind", records, "Count"));
        return line.metric("longest_delay_millis", counts.longestDelay().toMillis(), "Milliseconds")
                .metric("batch_millis", duration.toMillis(), "Milliseconds")
                .toString();
    }
}
