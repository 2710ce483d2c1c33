package io.retaillake.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events whose users are numbered 0, 1, 2, …, one in ten no event and one in seven late, until it is closed. */
final class NumberedEvents implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final int REJECTED_IN = 10;
    private static final int LATE_IN = 7;

    private final CompletableFuture<Long> sending;
    private volatile boolean closed;

    private NumberedEvents(String bootstrapServers, String topic) {
        sending = CompletableFuture.supplyAsync(() -> send(bootstrapServers, topic));
    }

    static NumberedEvents to(String bootstrapServers, String topic) {
        return new NumberedEvents(bootstrapServers, topic);
    }

    private long send(String bootstrapServers, String topic) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "enable.idempotence", "true"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long number = 0;
            for (; !closed; number++) {
                var unused = producer.send(new ProducerRecord<>(topic, payload(number)));
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            producer.flush();
            return number;
        }
    }

    private static byte[] payload(long number) {
        Instant when = number % LATE_IN == 1 ? Instant.now().minus(Duration.ofMinutes(30)) : Instant.now();
        String event = "{\"timestamp\":\"" + when + "\",\"event_type\":\"view\",\"user_id\":" + number
                + (number % REJECTED_IN == 3 ? "" : "}");
        return event.getBytes(StandardCharsets.UTF_8);
    }

    /** How many of the first {@code sent} are no events. */
    static long rejected(long sent) {
        return (sent + REJECTED_IN - 4) / REJECTED_IN;
    }

    /** Ends; how many were sent. */
    long sent() {
        closed = true;
        return sending.join();
    }

    @Override
    public void close() {
        closed = true;
    }
}
