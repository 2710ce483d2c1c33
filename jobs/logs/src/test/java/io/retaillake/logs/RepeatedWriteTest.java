package io.retaillake.logs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** A write that S3 has carried out, but whose answer was lost, so that the SDK repeats it. */
class RepeatedWriteTest {

    private static final String PATH = "/logs/turns/1";
    private static final byte[] WRITTEN = "ours".getBytes(StandardCharsets.UTF_8);

    @Test
    void isTheWritersOwnIfTheBytesAreItsOwn() {
        WireMockServer server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        server.start();
        Map<String, String> properties = Map.of(
                "aws.endpointUrlS3", server.baseUrl(),
                "aws.region", "ap-northeast-2",
                "aws.accessKeyId", "AKIATEST",
                "aws.secretAccessKey", "test");
        properties.forEach(System::setProperty);
        try (S3Client client = S3LogStore.client()) {
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
            properties.keySet().forEach(System::clearProperty);
            server.stop();
        }
    }
}
