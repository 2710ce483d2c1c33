package io.retaillake.streaming;

import io.retaillake.broker.EmbeddedBroker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of tests, and what is sent to it. */
final class Topic implements AutoCloseable {

    private final String name;
    private final KafkaProducer<byte[], byte[]> producer;

    Topic(EmbeddedBroker broker, String name) {
        this.name = name;
        Map<String, Object> settings = broker.clientSettings();
        settings.put("acks", "all");
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** An event of now. */
    static String event(String type, int status) {
        return event(type, status, Instant.now());
    }

    static String event(String type, int status, Instant when) {
        return "{\"timestamp\":\"" + when + "\",\"event_type\":\"" + type
                + "\",\"user_id\":1234,\"ip_address\":\"192.168.1.23\",\"status_code\":" + status
                + ",\"response_size\":100,\"path\":\"/api/users?name=x\"}";
    }

    void send(int partition, String... payloads) {
        List<Future<?>> answers = new ArrayList<>();
        for (String payload : payloads) {
            byte[] value = payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
            answers.add(producer.send(new ProducerRecord<>(name, partition, null, value)));
        }
        for (Future<?> answer : answers) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
