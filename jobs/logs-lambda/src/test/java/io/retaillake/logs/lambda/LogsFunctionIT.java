package io.retaillake.logs.lambda;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.retaillake.common.relay.Permission;
import io.retaillake.common.relay.RecordingRelay;
import io.retaillake.common.s3.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar as Lambda gets it, in a process of its own: against the server of {@code bin/logs serve}, an S3 server, and one that speaks Secrets
 * Manager's protocol.
 */
class LogsFunctionIT {

    private static final Path JAR = Path.of(System.getProperty("lambda.jar"));
    private static final String SECRET =
            "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:company/log-keys-AbCdEf";
    private static final String BUCKET = "acme-hist-retail";

    /** What the function requests, for the test of its role; a line has its name, an action and an ARN. */
    private static final Path PERMISSIONS = Path.of("target", "permissions.tsv");

    private static final String[] SERVE = {"--every", "1h", "--records", "30", "--seed", "7"};
    private static final Pattern TURN = Pattern.compile("(?m)^logs turn=\\d+ received=\\d+ new=(\\d+) .*$");
    private static final int PATIENCE_SECONDS = 200;

    @TempDir
    private static Path folder;

    private static S3Server s3;
    private static WireMockServer secretsManager;
    private static RecordingRelay toS3;
    private static RecordingRelay toSecretsManager;

    @TempDir
    private Path work;

    @BeforeAll
    static void startServers() throws Exception {
        s3 = S3Server.start(Path.of(System.getProperty("s3proxy.jar")), folder);
        s3.createBucket(BUCKET);
        secretsManager = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
        secretsManager.start();
        toS3 = RecordingRelay.start(s3.port());
        toSecretsManager = RecordingRelay.start(secretsManager.port());
    }

    @AfterAll
    static void stopServers() throws IOException {
        toSecretsManager.close();
        toS3.close();
        secretsManager.stop();
        s3.close();
    }

    @BeforeEach
    void hasNoSecret() {
        secretsManager.resetAll();
        secretsManager.stubFor(any(anyUrl()).willReturn(refusal("ResourceNotFoundException")));
    }

    private static ResponseDefinitionBuilder refusal(String code) {
        return aResponse().withStatus(400).withBody("{\"__type\": \"" + code + "\", \"Message\": \"not so\"}");
    }

    private void hasSecret(String key) {
        secretsManager.stubFor(post("/")
                .withRequestBody(matchingJsonPath("$[?(@.SecretId == '" + SECRET + "')]"))
                .withRequestBody(matchingJsonPath("$[?(@.VersionStage == 'AWSCURRENT')]"))
                .willReturn(aResponse().withBody("{\"SecretString\": \"{\\\"key\\\": \\\"" + key + "\\\"}\"}")));
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(10_000_000);
    }

    @Test
    void collectsATurnAndNothingTwiceIfTheCallIsRepeated() throws Exception {
        Path keyFile = work.resolve("key");
        String call = "{\"scheduledTime\": \"" + Instant.now().minusSeconds(6) + "\"}\n";
        try (LogsProcess server = LogsProcess.start(Map.of(), serve("--key-file", keyFile.toString()))) {
            String url = server.url();
            String key = Files.readString(keyFile).strip();
            hasSecret(key);

            toS3.take();
            toSecretsManager.take();
            String output = call(environment(url + "?token=hunter2", "logs"), call + call, 0);
            Files.write(PERMISSIONS, requested());

            System.out.println(output);
            assertThat(TURN.matcher(output).results().map(turn -> turn.group(1)).toList())
                    .containsExactly("30", "0");
            assertThat(output)
                    .contains(
                            "answer [\"logs turn=1 received=30 new=30 ",
                            "\"Namespace\":\"RetailLake/Logs\",\"Dimensions\":[[\"source\",\"logs\"]]",
                            "\"source\":\"127.0.0.1\",\"logs\":\"s3://" + BUCKET + "/logs\"",
                            "\"new\":30")
                    .doesNotContain("hunter2", key);
        }
        Map<String, String> environment = s3.environment(s3.url());
        try (LogsProcess check = LogsProcess.start(environment, "check", "--logs", "s3://" + BUCKET + "/logs")) {
            assertThat(check.output()).containsPattern("\\d{4}-\\d{2}-\\d{2} +30 ");
        }
    }

    @Test
    void failsWithWhatToDoAndWritesNothingWhereTheSecretIsEmpty() throws Exception {
        Path keyFile = work.resolve("key");
        try (LogsProcess server = LogsProcess.start(Map.of(), serve("--key-file", keyFile.toString()))) {
            String output = call(environment(server.url(), "secret"), "{}\n", 1);

            assertThat(output)
                    .contains("JobException", SECRET, "has no value yet")
                    .doesNotContain(Files.readString(keyFile));
        }
        assertThat(objects("secret")).isEmpty();
    }

    @Test
    void failsAtOnceWhereTheSourceIsNotThatOneAndShowsNoQuery() throws Exception {
        Path keyFile = work.resolve("key");
        try (LogsProcess server = LogsProcess.start(Map.of(), serve("--key-file", keyFile.toString()))) {
            String url = server.url().replace("/logs", "/no-logs") + "?token=hunter2";
            hasSecret(Files.readString(keyFile).strip());

            String output = call(environment(url, "source"), "{}\n", 1);

            assertThat(output)
                    .contains("JobException", "/no-logs answers with the status 404")
                    .doesNotContain("hunter2");
        }
        assertThat(objects("source")).isEmpty();
    }

    @Test
    void saysAllThatIsMissingInItsEnvironment() throws Exception {
        assertThat(call(Map.of(), "{}\n", 1)).contains("LOGS_URL", "LOGS_LOCATION", "LOGS_KEY_SECRET");
    }

    private static List<String> requested() {
        return Stream.of(
                        toS3.take().stream().map(Permission::ofS3),
                        toSecretsManager.take().stream().map(Permission::ofOperation))
                .flatMap(needed -> needed)
                .flatMap(List::stream)
                .map(needed -> "CollectLogs\t" + needed.action() + "\t" + needed.resource())
                .distinct()
                .sorted()
                .toList();
    }

    private static String[] serve(String... more) {
        return Stream.of(Stream.of("serve"), Stream.of(SERVE), Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new);
    }

    private static Map<String, String> environment(String url, String prefix) {
        Map<String, String> environment = new HashMap<>(s3.environment(toS3.url()));
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", toSecretsManager.url());
        environment.put("LOGS_URL", url);
        environment.put("LOGS_LOCATION", "s3://" + BUCKET + "/" + prefix);
        environment.put("LOGS_KEY_SECRET", SECRET);
        return environment;
    }

    /** What the function prints for {@code calls}, one a line. */
    private String call(Map<String, String> environment, String calls, int exitCode) throws Exception {
        Path input = Files.writeString(work.resolve("calls"), calls);
        Path output = work.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx400m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        JAR + ":target/test-classes",
                        "io.retaillake.logs.lambda.FunctionMain",
                        "io.retaillake.logs.lambda.CollectLogsHandler"))
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
        return text;
    }

    private static List<Path> objects(String prefix) throws IOException {
        Path objects = s3.bucket(BUCKET).resolve(prefix);
        if (!Files.exists(objects)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(objects)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
