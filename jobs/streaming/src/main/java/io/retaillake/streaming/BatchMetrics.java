package io.retaillake.streaming;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retaillake.common.publish.Batch;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A batch as a line of JSON in CloudWatch's embedded metric format: wherever a process's output becomes a log of CloudWatch, as on Glue and EMR,
 * its numbers become metrics there, without a call or a permission of the job's. Anywhere else it is JSON with the same numbers.
 */
final class BatchMetrics {

    static final String NAMESPACE = "RetailLake/Events";

    private static final ObjectMapper JSON = new ObjectMapper();

    private BatchMetrics() {}

    /**
     * The line.
     *
     * @param recordsBehind how many records the source has after the batch; none if it could not be asked
     */
    static String of(Batch batch, BatchCounts counts, Duration duration, OptionalLong recordsBehind, Instant now) {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode aws = line.putObject("_aws");
        aws.put("Timestamp", now.toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", NAMESPACE);
        directive.putArray("Dimensions").addArray().add("query");
        ArrayNode metrics = directive.putArray("Metrics");
        line.put("query", batch.query());
        line.put("batch", batch.id());
        add(line, metrics, "received", counts.received(), "Count");
        add(line, metrics, "accepted", counts.accepted(), "Count");
        add(line, metrics, "rejected", counts.rejected(), "Count");
        counts.reasons().forEach((reason, rows) -> add(line, metrics, "rejected_" + reason, rows, "Count"));
        recordsBehind.ifPresent(records -> add(line, metrics, "records_behind", records, "Count"));
        add(line, metrics, "longest_delay_millis", counts.longestDelay().toMillis(), "Milliseconds");
        add(line, metrics, "batch_millis", duration.toMillis(), "Milliseconds");
        return line.toString();
    }

    private static void add(ObjectNode line, ArrayNode metrics, String name, long value, String unit) {
        metrics.addObject().put("Name", name).put("Unit", unit);
        line.put(name, value);
    }
}
