package io.retaillake.common.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MetricLineTest {

    /** The form that CloudWatch documents as its embedded metric format. */
    @Test
    void isInTheEmbeddedMetricFormat() throws Exception {
        String line = new MetricLine("RetailLake/Test", Instant.ofEpochMilli(1_795_961_622_338L))
                .dimension("source", "a \"quoted\" name")
                .property("turn", "7")
                .metric("new", 97, "Count")
                .metric("turn_millis", 1335, "Milliseconds")
                .toString();
        JsonNode expected = new ObjectMapper().readTree("""
                        {"_aws": {"Timestamp": 1795961622338, "CloudWatchMetrics": [{"Namespace": "RetailLake/Test",
                          "Dimensions": [["source"]],
                          "Metrics": [{"Name": "new", "Unit": "Count"}, {"Name": "turn_millis", "Unit": "Milliseconds"}]}]},
                         "source": "a \\"quoted\\" name", "turn": "7", "new": 97, "turn_millis": 1335}
                        """);
        assertThat(line).doesNotContain("\n");
        assertThat(new ObjectMapper().readTree(line)).isEqualTo(expected);
    }
}
