package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.publish.Batch;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleTimeoutTest {

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    @Test
    void aBatchThatTakesLongerClosesNoWindowOfWhatFollows() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            StreamedTopic topic = new StreamedTopic(broker, folder);
            Instant early = Instant.now().minus(Duration.ofMinutes(30));
            try (Topic to = new Topic(broker, topic.name())) {
                to.send(0, Topic.event("login", 200, early), Topic.event("view", 200, early));
            }
            KafkaTopic described =
                    KafkaTopic.describe(topic.name(), Map.of("bootstrap.servers", broker.bootstrapServers()));
            try (EventSource source = new KafkaSource(described, false)) {
                new EventStream(topic.lake(), slow(source), settings(topic), new Silent()).run();
            }

            assertThat(topic.rows("SELECT event_type FROM %s ORDER BY 1", EventTables.EVENTS))
                    .containsExactly("[login]", "[view]");
            assertThat(topic.rows("SELECT event_type FROM %s", EventTables.LATE_EVENTS))
                    .isEmpty();
        }
    }

    /** One record a batch. */
    private static EventStreamSettings settings(StreamedTopic topic) {
        return new EventStreamSettings(
                "kafka-" + topic.name(), Duration.ZERO, 1, true, Duration.ofMinutes(10), IDLE_TIMEOUT);
    }

    /** Whose batches take longer than the timeout. */
    private static EventSource slow(EventSource source) {
        return (EventSource) Proxy.newProxyInstance(
                EventSource.class.getClassLoader(), new Class<?>[] {EventSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("requireUnchanged")) {
                        TimeUnit.MILLISECONDS.sleep(IDLE_TIMEOUT.plusSeconds(2).toMillis());
                    }
                    return method.invoke(source, arguments);
                });
    }

    private static final class Silent implements StreamListener {

        @Override
        public void written(Batch batch, BatchCounts counts, Duration duration) {
            // The lake shows it.
        }

        @Override
        public void waiting(Instant since) {
            // The broker answers.
        }

        @Override
        public void answered() {
            // As above.
        }
    }
}
