package io.retaillake.events.send;

import io.retaillake.events.generator.GeneratedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events to a topic of Kafka, whose client repeats what fails without making it twice. */
public final class KafkaSender implements EventSender {

    private static final String ADVICE = "Check that the broker can be reached and has the topic.";

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private long repeatedBefore;

    /** To a topic of these brokers, {@code host:port} and several by commas. */
    public KafkaSender(String bootstrapServers, String topic) {
        this(topic, settings(bootstrapServers));
    }

    /** With settings of Kafka's producer. */
    KafkaSender(String topic, Map<String, Object> settings) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "enable.idempotence", "true",
                "linger.ms", "5",
                "max.block.ms", "15000",
                "delivery.timeout.ms", "60000",
                "request.timeout.ms", "15000");
    }

    /** After an event for which the client found no broker in time, the batch's others are not tried: each would take as long. */
    @Override
    public void send(List<GeneratedEvent> events, SendTotals totals) {
        List<Future<?>> answers = new ArrayList<>(events.size());
        Throwable refusal = null;
        for (GeneratedEvent event : events) {
            try {
                Future<?> answer = producer.send(new ProducerRecord<>(topic, event.bytes()));
                answers.add(answer);
                if (answer.isDone() && failure(answer) instanceof TimeoutException) {
                    break;
                }
            } catch (KafkaException e) {
                refusal = e;
                break;
            }
        }
        List<GeneratedEvent> taken = new ArrayList<>(events.size());
        for (int i = 0; i < answers.size(); i++) {
            Throwable failure = failure(answers.get(i));
            if (failure == null) {
                taken.add(events.get(i));
            } else {
                refusal = failure;
                failed(failure, 1, totals);
            }
        }
        totals.sent(taken);
        if (answers.size() < events.size()) {
            failed(refusal, events.size() - answers.size(), totals);
        }
        long repeated = repeated();
        totals.repeated(repeated - repeatedBefore);
        repeatedBefore = repeated;
    }

    /** Why the event was not taken; null if it was. */
    private static Throwable failure(Future<?> answer) {
        try {
            answer.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e;
        }
    }

    private static void failed(Throwable failure, int events, SendTotals totals) {
        String message = failure.getMessage() == null ? "" : failure.getMessage() + "\n";
        totals.failed(failure.getClass().getSimpleName(), events, message + ADVICE);
    }

    private long repeated() {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("record-retry-total")
                        && metric.metricName().group().equals("producer-metrics"))
                .mapToLong(metric -> ((Double) metric.metricValue()).longValue())
                .sum();
    }

    @Override
    public void close() {
        producer.close();
    }
}
