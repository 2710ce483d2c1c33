package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/deploy --only logs: brings the collection up beside a lake and takes it down, and deletes no record that nobody asked it to. */
class DeployLogsIT {

    private static final String URL = "https://logs.example/newest?n=100";
    private static final String SECRET =
            "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:company/log-keys-AbCdEf";

    @TempDir
    private Path folder;

    private DeployedProject project;

    @BeforeEach
    void copiesTheProjectIntoAnAccountWithALake() throws Exception {
        project = new DeployedProject(folder);
        assertThat(project.deploy("--name", "acme", "--only", "lake", "--namespace-prefix", "test_", "--yes")
                        .exitCode())
                .isZero();
    }

    @Test
    void uploadsTheFunctionByItsContentAndDeploysTheStackAlone() throws Exception {
        DeployedProject.Result result = logs("--url", URL);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.deployed()).containsExactly("lake", "logs");
        Map<String, String> given = project.parameters("logs");
        assertThat(given)
                .containsEntry("Url", URL)
                .containsEntry("NamespacePrefix", "test_")
                .doesNotContainKey("KeySecretArn");
        assertThat(given.get("JarKey"))
                .matches(
                        "glue/script/0\\.2\\.0-SNAPSHOT-[0-9a-f]{12}/retail-lakehouse-logs-lambda-0\\.2\\.0-SNAPSHOT\\.jar");
        assertThat(object(given.get("JarKey"))).exists();
        for (Map.Entry<String, JsonNode> parameter :
                Template.fields(Template.of("logs").parameters())) {
            String name = parameter.getKey();
            JsonNode declared = parameter.getValue();
            assertThat(given.containsKey(name) || declared.has("Default"))
                    .as(name)
                    .isTrue();
            if (given.containsKey(name) && declared.has("AllowedPattern")) {
                assertThat(given.get(name))
                        .matches(declared.path("AllowedPattern").asText());
            }
        }
        assertThat(result.output()).contains("from the host logs.example", "put-secret-value", "aws logs tail");
    }

    @Test
    void keepsUrlAndSecretOfBefore() throws Exception {
        DeployedProject.Result first = logs("--url", URL, "--key-secret", SECRET);
        DeployedProject.Result again = logs();

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(project.parameters("logs")).containsEntry("Url", URL).containsEntry("KeySecretArn", SECRET);
        assertThat(first.output() + again.output()).doesNotContain("put-secret-value");
    }

    @Test
    void saysWhatIsMissingBeforeAnythingIsChanged() throws Exception {
        Files.delete(
                project.folder().resolve("jobs/logs-lambda/target/retail-lakehouse-logs-lambda-0.2.0-SNAPSHOT.jar"));
        DeployedProject.Result wrong =
                logs("--url", "https://user:hunter2@logs.example/", "--key-secret", "c2VjcmV0LWtleQ==");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.output())
                .contains("Build it: mvn -q -pl jobs/logs-lambda -am", "--url is no URL", "--key-secret is no ARN")
                .doesNotContain("hunter2", "c2VjcmV0");

        project.write("jobs/logs-lambda/target/retail-lakehouse-logs-lambda-0.2.0-SNAPSHOT.jar", "function");
        Files.delete(project.account().resolve("status-retail-lakehouse-lake"));
        DeployedProject.Result early = logs();
        assertThat(early.exitCode()).isEqualTo(2);
        assertThat(early.output()).contains("give --url", "there is no stack retail-lakehouse-lake");
        DeployedProject.Result astray = project.deploy("--name", "acme", "--only", "lake", "--url", URL, "--yes");
        assertThat(astray.exitCode()).isEqualTo(2);
        assertThat(astray.output()).contains("--url and --key-secret say which log is collected");
        assertThat(project.deployed()).containsExactly("lake");
    }

    @Test
    void takesTheStackDownAndKeepsTheData() throws Exception {
        logs("--url", URL);
        Path record = collected();

        DeployedProject.Result result = logs("--delete");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("This stays: what is collected, below s3://acme-hist-retail/logs/");
        assertThat(project.account().resolve("status-retail-lakehouse-logs")).doesNotExist();
        assertThat(record).exists();
        assertThat(project.calls()).noneMatch(call -> call.contains(" s3 rm ") || call.contains(" s3 rb "));
    }

    @Test
    void deletesTheDataOnlyIfToldToAndNothingElseOfTheBucket() throws Exception {
        logs("--url", URL);
        Path record = collected();

        assertThat(logs("--delete", "--delete-data", "--dry-run").output()).contains("Nothing was changed.");
        assertThat(record).exists();

        DeployedProject.Result result = logs("--delete", "--delete-data");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(record).doesNotExist();
        assertThat(object("data/factdata/bronze")).exists();
        assertThat(logs("--delete", "--delete-data").output()).contains("there is no stack retail-lakehouse-logs");
    }

    private DeployedProject.Result logs(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--name", "acme", "--only", "logs", "--yes"));
        arguments.addAll(List.of(more));
        return project.deploy(arguments.toArray(String[]::new));
    }

    private Path collected() throws IOException {
        Path record = object("logs/data/logs/year=2026/month=11/day=29/hour=10/0000000001-0123456789abcdef.jsonl.gz");
        Files.createDirectories(record.getParent());
        return Files.createFile(record);
    }

    private Path object(String key) {
        return project.account().resolve("objects").resolve(key);
    }
}
