package io.retaillake.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class EmbeddedBrokerTest {

    @TempDir
    private Path folder;

    @Test
    void aBrokerThatFailedToStartLetsGoOfItsFolderAndAnotherHasTheTopicsOfTheOneBefore() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            broker.createTopic("events", 2);
            assertThat(offsetOfARecord(broker)).isZero();
        }

        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int controllerPort = freePort();
            assertThatThrownBy(() -> EmbeddedBroker.start(
                            folder, EmbeddedBroker.Security.NONE, taken.getLocalPort(), controllerPort))
                    .hasStackTraceContaining(Integer.toString(taken.getLocalPort()));
            // Its controller's port is free again, so nothing of it is left.
            new ServerSocket(controllerPort, 1, InetAddress.getLoopbackAddress()).close();
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
            assertThat(topics(broker)).containsExactly("events");
            assertThat(offsetOfARecord(broker)).isEqualTo(1);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Set<String> topics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.listTopics().names().get();
        }
    }

    /** The offset of a record that is sent now. */
    private static long offsetOfARecord(EmbeddedBroker broker) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>("events", 0, null, "x".getBytes(StandardCharsets.UTF_8)))
                    .get()
                    .offset();
        }
    }
}
