package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that talks TLS only, with a certificate of an authority of our own. */
class KafkaTlsTest {

    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        BrokerKeys keys = BrokerKeys.create(folder);
        authority = keys.authority();
        broker = EmbeddedBroker.start(
                folder.resolve("broker"),
                new EmbeddedBroker.Security("SSL", keys.brokerSettings(), keys.clientSettings()));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void eventsAreReadFromABrokerWhoseAuthorityIsNamed() throws Exception {
        StreamedTopic topic = new StreamedTopic(broker, folder);
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200), Topic.event("view", 200));
            to.send(1, "broken");
        }

        topic.stream(
                "--kafka-security",
                "tls",
                "--kafka-truststore",
                authority.certificate().toString());

        assertThat(topic.rows("SELECT event_type FROM %s ORDER BY 1", EventTables.EVENTS))
                .containsExactly("[login]", "[view]");
        assertThat(topic.rows("SELECT count(*) FROM %s", EventTables.EVENT_REJECTS))
                .containsExactly("[1]");
    }

    @Test
    void aBrokerOfAnotherAuthorityIsRefused() throws Exception {
        StreamedTopic topic = new StreamedTopic(broker, folder);
        Path other = TestAuthority.create(folder, "other").certificate();

        assertThatThrownBy(() -> topic.stream("--kafka-security", "tls", "--kafka-truststore", other.toString()))
                .isInstanceOf(FailedJobException.class)
                .hasMessageContainingAll("authority that is not trusted", "--kafka-truststore");
        assertThatThrownBy(() -> topic.stream("--kafka-security", "tls"))
                .isInstanceOf(FailedJobException.class)
                .hasMessageContaining("--kafka-truststore");
    }

    @Test
    void aFileWithoutCertificatesIsSaidBeforeAnythingIsTouched() throws Exception {
        StreamedTopic topic = new StreamedTopic(broker, folder);
        Path noCertificates = Files.writeString(folder.resolve("notes.txt"), "none");

        assertThatThrownBy(
                        () -> topic.stream("--kafka-security", "tls", "--kafka-truststore", noCertificates.toString()))
                .hasMessageContaining("a file of certificates in PEM");
        assertThatThrownBy(() -> topic.stream(
                        "--kafka-truststore", folder.resolve("missing.pem").toString()))
                .hasMessageContaining("no certificate is checked with --kafka-security plaintext");
    }
}
