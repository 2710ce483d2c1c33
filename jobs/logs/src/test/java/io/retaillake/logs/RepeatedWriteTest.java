package io.retaillake.logs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A write whose answer was lost, so that the SDK repeats it, whether S3 has carried it out or not. */
class RepeatedWriteTest {

    private static final String PATH = "/logs/turns/1";
    private static final String ENDPOINT = "aws.endpointUrlS3";
    private static final Map<String, String> SETTINGS = Map.of(
            "aws.region", "ap-northeast-2",
            "aws.accessKeyId", "AKIATEST",
            "aws.secretAccessKey", "test");
    private static final byte[] WRITTEN = "ours".getBytes(StandardCharsets.UTF_8);

    @Test
    void isTheWritersOwnIfTheBytesAreItsOwn() {
        WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        try (S3Client client = client(server.baseUrl())) {
            server.stubFor(put(urlPathEqualTo(PATH))
                    .inScenario("write")
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willReturn(aResponse().withStatus(500))
                    .willSetStateTo("written"));
            server.stubFor(put(urlPathEqualTo(PATH))
                    .inScenario("write")
                    .whenScenarioStateIs("written")
                    .willReturn(aResponse().withStatus(412)));
            server.stubFor(get(urlPathEqualTo(PATH)).willReturn(aResponse().withBody(WRITTEN)));
            LogStore store = new S3LogStore(client, "logs", "");

            assertThat(store.createNew("turns/1", WRITTEN)).isTrue();
            assertThat(store.createNew("turns/1", "another's".getBytes(StandardCharsets.UTF_8)))
                    .isFalse();
        } finally {
            server.stop();
        }
    }

    @Test
    void isRepeatedWhereConnectionsAreLost() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3Client client = client("http://127.0.0.1:" + server.getLocalPort())) {
            Thread losing = new Thread(() -> loseThreeThenAnswer(server));
            losing.setDaemon(true);
            losing.start();

            assertThat(new S3LogStore(client, "logs", "").createNew("turns/1", WRITTEN))
                    .isTrue();
            losing.join();
        }
    }

    private static void loseThreeThenAnswer(ServerSocket server) {
        try {
            for (int lost = 0; lost < 3; lost++) {
                try (Socket connection = server.accept()) {
                    readHead(connection.getInputStream());
                }
            }
            try (Socket connection = server.accept()) {
                InputStream request = connection.getInputStream();
                readHead(request);
                request.readNBytes(WRITTEN.length);
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readHead(InputStream request) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) request.read());
        }
    }

    private static S3Client client(String url) {
        SETTINGS.forEach(System::setProperty);
        System.setProperty(ENDPOINT, url);
        return S3LogStore.client();
    }

    @AfterEach
    void forgetSettings() {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty(ENDPOINT);
    }
}
