package io.retaillake.common.source;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretStoreTest {

    private static final String ARN = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:reader-AbCdEf";

    @TempDir
    private Path folder;

    private final String password = UUID.randomUUID() + "'\"\\@:/?&한";

    @RegisterExtension
    private final SecretsManagerServer secrets = new SecretsManagerServer();

    private final WireMockServer secretsManager = secrets.server();

    @Test
    void readsASecretFromSecretsManager() {
        secretsManager.stubFor(post("/")
                .withHeader("X-Amz-Target", equalTo("secretsmanager.GetSecretValue"))
                .withHeader("Authorization", containing("ap-northeast-2"))
                .withRequestBody(matchingJsonPath("$.SecretId", equalTo(ARN)))
                .willReturn(aResponse().withBody("{\"SecretString\": " + quoted(json("reader", "db", "5432")) + "}")));

        SourceSecret secret = SecretStore.fetch(settings(ARN));

        assertThat(secret).isEqualTo(new SourceSecret("reader", password, "db", 5432, "retail"));
        assertThat(secret.toString()).doesNotContain(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws_access_key_id = AKIAPROFILE\naws_secret_access_key = s",
                "credential_process = cat {folder}/keys.json"
            })
    void signsAsTheProfileSays(String profile) throws IOException {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        Files.writeString(
                folder.resolve("keys.json"),
                "{\"Version\": 1, \"AccessKeyId\": \"AKIAPROFILE\", \"SecretAccessKey\": \"s\"}");
        Path config = Files.writeString(
                folder.resolve("config"), "[profile retail]\n" + profile.replace("{folder}", folder.toString()) + "\n");
        System.setProperty("aws.profile", "retail");
        System.setProperty("aws.configFile", config.toString());
        try {
            secretsManager.stubFor(post("/")
                    .withHeader("Authorization", containing("Credential=AKIAPROFILE/"))
                    .willReturn(
                            aResponse().withBody("{\"SecretString\": " + quoted(json("reader", "db", "5432")) + "}")));

            assertThat(SecretStore.fetch(settings(ARN)).host()).isEqualTo("db");
        } finally {
            System.clearProperty("aws.profile");
            System.clearProperty("aws.configFile");
        }
    }

    @Test
    void saysWhatSecretsManagerRefused() {
        secretsManager.stubFor(post("/")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"__type\": \"AccessDeniedException\", \"Message\": \"not authorized\"}")));

        assertThatThrownBy(() -> SecretStore.fetch(settings(ARN)))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                .hasMessageContaining(ARN)
                .hasMessageContaining("AccessDeniedException: not authorized")
                .hasMessageContaining("secretsmanager:GetSecretValue");
    }

    @Test
    void saysThatAnAnswerIsNotSecretsManagers() {
        secretsManager.stubFor(post("/")
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("Content-Type", "text/html")
                        .withBody("<html>Sign in to the hotel's network</html>")));

        assertThatThrownBy(() -> SecretStore.fetch(settings(ARN)))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                .hasMessageContaining("gave no valid answer")
                .hasMessageContaining("HTTP status 403")
                .hasMessageContaining("proxy")
                .hasMessageNotContaining("null");
    }

    @Test
    void asksAgainWhenSecretsManagerIsBusy() {
        secretsManager.stubFor(post("/")
                .inScenario("busy")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"__type\": \"ThrottlingException\", \"Message\": \"Rate exceeded\"}"))
                .willSetStateTo("free"));
        secretsManager.stubFor(post("/")
                .inScenario("busy")
                .whenScenarioStateIs("free")
                .willReturn(aResponse().withBody("{\"SecretString\": " + quoted(json("reader", "db", "5432")) + "}")));

        assertThat(SecretStore.fetch(settings(ARN)).host()).isEqualTo("db");
    }

    @Test
    void saysThatTheAwsCredentialsHaveExpired() {
        secretsManager.stubFor(post("/")
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"__type\": \"ExpiredTokenException\", \"Message\": \"The token is expired\"}")));

        assertThatThrownBy(() -> SecretStore.fetch(settings(ARN)))
                .hasMessageContaining("ExpiredTokenException")
                .hasMessageContaining("Renew the AWS credentials");
    }

    @Test
    void readsTheSameJsonFromAFile() throws IOException {
        assertThat(SecretStore.fetch(settings(file(json("reader", "db", "\"5433\"")))))
                .isEqualTo(new SourceSecret("reader", password, "db", 5433, "retail"));
    }

    @Test
    void letsSettingsCompleteASecretThatHoldsOnlyCredentials() throws IOException {
        String secret = file("{\"username\": \"u\", \"password\": " + quoted(password) + "}");
        SourceSettings settings =
                new SourceSettings(secret, "host", 1, "base", "retail", SslMode.DISABLE, null, null, null);

        assertThat(SecretStore.fetch(settings)).isEqualTo(new SourceSecret("u", password, "host", 1, "base"));
    }

    @Test
    void namesEveryMissingOrMalformedField() throws IOException {
        String secret =
                file("{\"username\": 7, \"engine\": \"mysql\", \"port\": 0, \"password\": " + quoted(password) + "}");

        assertThatThrownBy(() -> SecretStore.fetch(settings(secret)))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContaining("username is not a non-empty text")
                .hasMessageContaining("engine is 'mysql'")
                .hasMessageContaining("host is missing; add it to the secret or give --source-host")
                .hasMessageContaining("port is not a number from 1 to 65535")
                .hasMessageContaining("dbname is missing")
                .message()
                .doesNotContain(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"text\"", "", "not json"})
    void refusesWhatIsNoJsonObject(String text) throws IOException {
        String secret = file(text);

        assertThatThrownBy(() -> SecretStore.fetch(settings(secret)))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(secret);
    }

    @Test
    void quotesNothingOfASecretThatIsNotJson() throws IOException {
        String secret = file("password=" + password);

        assertThatThrownBy(() -> SecretStore.fetch(settings(secret)))
                .hasMessageContaining("is not JSON (line 1")
                .hasNoCause()
                .message()
                .doesNotContain(password);
    }

    @ParameterizedTest
    @CsvSource({
        "rw-r--r--, 1",
        "rw----r--, 1",
        "rw-r-----, 1",
        "rw-rw-rw-, 1",
        "rw-------, 0",
        "r--------, 0",
        "rw--w--w-, 0"
    })
    void warnsOnceOfAFileThatOthersCanRead(String permissions, int warnings) throws IOException {
        Path file = Files.writeString(folder.resolve("it's readable.json"), json("reader", "db", "5432"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        PrintStream standardError = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            SecretStore.fetch(settings("file:" + file));
            SecretStore.fetch(settings("file:" + file));
        } finally {
            System.setErr(standardError);
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("warning")))
                .hasSize(warnings)
                .allSatisfy(line -> assertThat(line)
                        .contains(permissions)
                        .endsWith("chmod 600 '" + folder + "/it'\\''s readable.json'"));
        assertThat(said.toString(StandardCharsets.UTF_8)).doesNotContain(password);
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThatThrownBy(() -> SecretStore.fetch(settings("file:/does/not/exist")))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                .hasMessageContaining("file:/does/not/exist can't be read");
    }

    private SourceSettings settings(String secret) {
        return new SourceSettings(
                secret, null, null, null, "retail", SslMode.DISABLE, null, null, secretsManager.baseUrl());
    }

    private String json(String username, String host, String port) {
        return "{\"username\": \"" + username + "\", \"password\": " + quoted(password) + ", \"engine\": \"postgres\", "
                + "\"host\": \"" + host + "\", \"port\": " + port + ", \"dbname\": \"retail\"}";
    }

    private String file(String text) throws IOException {
        return "file:" + Files.writeString(folder.resolve("secret.json"), text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
