package io.retaillake.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.events.generator.GeneratedEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class KafkaSenderTest {

    @TempDir
    private Path folder;

    private final SendTotals totals = new SendTotals();

    @Test
    void whatTheBrokerRefusesIsCountedBesideWhatItTakes() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            broker.createTopic("events", 2);
            send(broker.bootstrapServers(), "events", "a", "x".repeat(2_000), "b");

            assertThat(totals.line("x")).isEqualTo("sent 2, repeated 0, failed 1 to x");
            assertThat(totals.failures()).containsOnly(entry("RecordTooLargeException", 1L));
            assertThat(problem()).contains("bytes when serialized").doesNotContain("xxx");

            send(broker.bootstrapServers(), "none-such", "a", "b", "c");
        }
        assertThat(totals.failures()).containsOnly(entry("RecordTooLargeException", 1L), entry("TimeoutException", 3L));
        assertThat(totals.failure("x").orElseThrow().problems())
                .anySatisfy(problem -> assertThat(problem).contains("none-such", "has the topic"));
    }

    private String problem() {
        return totals.failure("x").orElseThrow().problems().get(0);
    }

    private void send(String servers, String topic, String... payloads) {
        Map<String, Object> settings = new HashMap<>(KafkaSender.settings(servers));
        settings.put("max.block.ms", "1000");
        settings.put("max.request.size", "1000");
        List<GeneratedEvent> events = Stream.of(payloads)
                .map(payload -> new GeneratedEvent(payload, "key", Instant.EPOCH, Optional.empty()))
                .toList();
        try (KafkaSender sender = new KafkaSender(topic, settings)) {
            sender.send(events, totals);
        }
    }
}
