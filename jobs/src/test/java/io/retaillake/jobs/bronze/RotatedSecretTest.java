package io.retaillake.jobs.bronze;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.retaillake.common.source.SecretsManagerServer;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceSettings;
import io.retaillake.common.source.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A password that is changed in the database before it is in the secret, as Secrets Manager's rotation does. */
class RotatedSecretTest {

    @TempDir
    private Path folder;

    @RegisterExtension
    private final SecretsManagerServer secrets = new SecretsManagerServer();

    private final WireMockServer secretsManager = secrets.server();

    @Test
    void waitsWithTheFirstConnectionForTheRotationToEnd() throws Exception {
        TestSource source = TestSource.create(folder);
        answer(Scenario.STARTED, "again", secret(source, "old-password"));
        answer("again", "rotated", secret(source, "old-password"));
        answer("rotated", "rotated", secret(source, source.password()));

        SourceSettings settings = new SourceSettings(
                "reader",
                null,
                null,
                null,
                source.schema(),
                SslMode.DISABLE,
                null,
                "ap-northeast-2",
                secretsManager.baseUrl());
        try (Connection connection = new SourceConnector(settings).connect()) {
            assertThat(connection.isClosed()).isFalse();
        }
    }

    private void answer(String state, String next, String secret) throws IOException {
        secretsManager.stubFor(post("/")
                .inScenario("rotation")
                .whenScenarioStateIs(state)
                .willReturn(aResponse().withBody(new ObjectMapper().writeValueAsString(Map.of("SecretString", secret))))
                .willSetStateTo(next));
    }

    private String secret(TestSource source, String password) throws IOException {
        return Files.readString(TestSource.writeSecret(
                folder.resolve("answer.json"), source.reader(), password, TestSource.host(), TestSource.database()));
    }
}
