package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        authority = TestAuthority.create(folder, "authority");
        broker = EmbeddedBroker.start(folder.resolve("broker"), byTls(authority.issue("server", "ip:127.0.0.1")));
    }

    private static EmbeddedBroker.Security byTls(List<Path> certificateAndKey) throws Exception {
        Map<String, String> trust = Map.of(
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                authority.certificate().toString());
        Path keys = folder.resolve("keys.pem");
        Files.writeString(
                keys, Files.readString(certificateAndKey.get(1)) + Files.readString(certificateAndKey.get(0)));
        Map<String, String> settings = new TreeMap<>(trust);
        settings.putAll(Map.of("ssl.keystore.type", "PEM", "ssl.keystore.location", keys.toString()));
        return new EmbeddedBroker.Security("SSL", settings, trust);
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
