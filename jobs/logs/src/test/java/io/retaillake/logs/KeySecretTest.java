package io.retaillake.logs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.macasaet.fernet.Key;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys in a secret, from a server that speaks Secrets Manager's protocol. */
class KeySecretTest {

    private static final String SECRET = "log-keys";
    private static final Key OLD = Key.generateKey();
    private static final Key NEWER = Key.generateKey();

    private final WireMockServer secretsManager =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    private Map<String, String> properties;

    @BeforeEach
    void start() {
        secretsManager.start();
        properties = Map.of(
                "aws.endpointUrlSecretsManager", secretsManager.baseUrl(),
                "aws.region", "ap-northeast-2",
                "aws.accessKeyId", "AKIATEST",
                "aws.secretAccessKey", "test");
        properties.forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        properties.keySet().forEach(System::clearProperty);
        secretsManager.stop();
    }

    private void answer(String stage, ResponseDefinitionBuilder response) {
        secretsManager.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
                .withRequestBody(matchingJsonPath("$.SecretId", equalTo(SECRET)))
                .withRequestBody(matchingJsonPath("$.VersionStage", equalTo(stage)))
                .willReturn(response));
    }

    private static ResponseDefinitionBuilder secret(String text) {
        return aResponse().withBody("{\"SecretString\": \"" + text.replace("\"", "\\\"") + "\"}");
    }

    private static ResponseDefinitionBuilder refusal(String code) {
        return aResponse().withStatus(400).withBody("{\"__type\": \"" + code + "\", \"Message\": \"no\"}");
    }

    @Test
    void keysOfARotatedSecretAreBothRead() {
        answer("AWSCURRENT", secret("{\"key\": \"" + NEWER.serialise() + "\"}"));
        answer("AWSPREVIOUS", secret("{\"key\": \"" + OLD.serialise() + "\"}"));
        assertThat(new KeySecret(SECRET).read())
                .extracting(Key::serialise)
                .containsExactly(NEWER.serialise(), OLD.serialise());
    }

    @Test
    void secretThatWasNeverChangedHasOneVersion() {
        answer("AWSCURRENT", secret(OLD.serialise()));
        answer("AWSPREVIOUS", refusal("ResourceNotFoundException"));
        assertThat(new KeySecret(SECRET).read()).extracting(Key::serialise).containsExactly(OLD.serialise());
    }

    @Test
    void refusalIsToldWithTheSecretsName() {
        answer("AWSCURRENT", refusal("AccessDeniedException"));
        assertThatThrownBy(() -> new KeySecret(SECRET).read())
                .hasMessageContaining(SECRET)
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM));
    }

    @Test
    void secretThatIsNotThereIsTold() {
        answer("AWSCURRENT", refusal("ResourceNotFoundException"));
        assertThatThrownBy(() -> new KeySecret(SECRET).read())
                .isInstanceOf(JobException.class)
                .hasMessageContaining(SECRET);
    }
}
