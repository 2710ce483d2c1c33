package io.retaillake.events;

import io.retaillake.common.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends payloads to a topic; the client repeats what fails, without making it twice. */
final class KafkaSender implements AutoCloseable {

    private final String topic;
    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaSender(String bootstrapServers, String topic) {
        this.topic = topic;
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "acks", "all",
                        "enable.idempotence", "true",
                        "linger.ms", "5",
                        "max.block.ms", "15000",
                        "delivery.timeout.ms", "60000",
                        "request.timeout.ms", "15000"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Sends a batch and waits until the brokers have it.
     *
     * @throws CommandException naming the first failure
     */
    void send(List<byte[]> payloads) {
        List<Future<RecordMetadata>> answers = new ArrayList<>(payloads.size());
        try {
            for (byte[] payload : payloads) {
                answers.add(producer.send(new ProducerRecord<>(topic, payload)));
            }
            for (Future<RecordMetadata> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } catch (org.apache.kafka.common.KafkaException e) {
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e);
        }
    }

    private CommandException failed(Throwable cause) {
        return new CommandException(
                CommandException.OUTSIDE_SYSTEM,
                "the topic " + topic + " at " + bootstrapServers + " did not take the events: " + cause.getMessage()
                        + "\nCheck that the broker can be reached and has the topic.",
                cause);
    }

    @Override
    public void close() {
        producer.close();
    }
}
