package io.retaillake.common.metrics;

import io.retaillake.common.json.JsonText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers as a line of JSON in CloudWatch's embedded metric format: wherever a process's output becomes a log of CloudWatch, as on Glue, EMR and
 * Lambda, they become metrics there, without a call or a permission. Anywhere else it is JSON with the same numbers.
 */
public final class MetricLine {

    private final String namespace;
    private final Instant time;
    private final List<String> dimensions = new ArrayList<>();
    private final StringBuilder metrics = new StringBuilder();
    private final StringBuilder values = new StringBuilder();

    /** Of metrics in {@code namespace}, true at {@code time}. */
    public MetricLine(String namespace, Instant time) {
        this.namespace = namespace;
        this.time = time;
    }

    /** What the metrics are of; all dimensions together make one set. */
    public MetricLine dimension(String name, String value) {
        dimensions.add(name);
        return property(name, value);
    }

    /** What is in the line, but no metric. */
    public MetricLine property(String name, String value) {
        JsonText.append(values.append(','), name);
        JsonText.append(values.append(':'), value);
        return this;
    }

    /** A number; {@code unit} is one of CloudWatch's, {@code Count} or {@code Milliseconds} say. */
    public MetricLine metric(String name, long value, String unit) {
        JsonText.append(metrics.append(metrics.isEmpty() ? "{\"Name\":" : ",{\"Name\":"), name);
        JsonText.append(metrics.append(",\"Unit\":"), unit);
        metrics.append('}');
        JsonText.append(values.append(','), name);
        values.append(':').append(value);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder line =
                new StringBuilder(512).append("{\"_aws\":{\"Timestamp\":").append(time.toEpochMilli());
        JsonText.append(line.append(",\"CloudWatchMetrics\":[{\"Namespace\":"), namespace);
        line.append(",\"Dimensions\":[[");
        for (int i = 0; i < dimensions.size(); i++) {
            JsonText.append(i == 0 ? line : line.append(','), dimensions.get(i));
        }
        return line.append("]],\"Metrics\":[")
                .append(metrics)
                .append("]}]}")
                .append(values)
                .append('}')
                .toString();
    }
}
