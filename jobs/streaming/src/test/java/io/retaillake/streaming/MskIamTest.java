package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retaillake.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MSK's authentication by IAM, with the client that AWS publishes and a broker that expects it. */
class MskIamTest {

    private static final Map<String, String> AWS = Map.of(
            "aws.accessKeyId", "AKIAEXAMPLE",
            "aws.secretAccessKey", UUID.randomUUID().toString(),
            "aws.region", "ap-northeast-2");

    private final Map<String, String> before = new TreeMap<>();

    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheCredentials() {
        AWS.keySet().forEach(System::clearProperty);
        before.forEach(System::setProperty);
    }

    @Test
    void driverAndReadersSignTheirRequestsToConnect() throws Exception {
        AWS.forEach((name, value) -> {
            String other = System.setProperty(name, value);
            if (other != null) {
                before.put(name, other);
            }
        });
        BrokerKeys keys = BrokerKeys.create(folder);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), byIam(keys))) {
            StreamedTopic topic = new StreamedTopic(broker, folder);
            try (Topic to = new Topic(broker, topic.name())) {
                to.send(0, Topic.event("login", 200));
            }
            MskIamServer.REQUESTS.clear();

            topic.stream(
                    "--kafka-security",
                    "msk-iam",
                    "--kafka-truststore",
                    keys.authority().certificate().toString());

            assertThat(topic.rows("SELECT event_type FROM %s", EventTables.EVENTS))
                    .containsExactly("[login]");
            // The one that asks about the topic, Spark's on the driver, and the reader.
            assertThat(MskIamServer.REQUESTS).hasSizeGreaterThanOrEqualTo(3);
            assertThat(MskIamServer.REQUESTS).allSatisfy(MskIamTest::isRequestOfOurs);
        }
    }

    private static void isRequestOfOurs(JsonNode request) {
        assertThat(request.path("action").asText()).isEqualTo("kafka-cluster:Connect");
        assertThat(request.path("x-amz-credential").asText())
                .matches("AKIAEXAMPLE/\\d{8}/ap-northeast-2/kafka-cluster/aws4_request");
        assertThat(request.toString()).doesNotContain(AWS.get("aws.secretAccessKey"));
    }

    private static EmbeddedBroker.Security byIam(BrokerKeys keys) {
        Map<String, String> broker = new TreeMap<>(keys.brokerSettings());
        broker.put("sasl.enabled.mechanisms", MskIamServer.MECHANISM);
        broker.put("sasl.mechanism.inter.broker.protocol", MskIamServer.MECHANISM);
        broker.put(
                "listener.name.clients.aws_msk_iam.sasl.jaas.config",
                MskIamServer.Login.class.getName() + " required;");
        Map<String, String> client = new TreeMap<>(keys.clientSettings());
        client.put("sasl.mechanism", MskIamServer.MECHANISM);
        client.put("sasl.jaas.config", "software.amazon.msk.auth.iam.IAMLoginModule required;");
        client.put("sasl.client.callback.handler.class", "software.amazon.msk.auth.iam.IAMClientCallbackHandler");
        return new EmbeddedBroker.Security("SASL_SSL", broker, client);
    }
}
