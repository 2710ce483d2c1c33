package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/deploy --only streaming: brings the stream up beside a lake, changes what it reads, and takes it down. */
class DeployStreamingIT {

    private static final String[] KINESIS = {"--stream", "clicks"};
    private static final String[] KAFKA = {"--bootstrap-servers", "b-1:9098,b-2:9098", "--topic", "clicks"};

    @TempDir
    private Path folder;

    private DeployedProject project;

    @BeforeEach
    void copiesTheProject() throws IOException {
        project = new DeployedProject(folder);
    }

    @Test
    void goesOntoALakeWithItsJarAndSource() throws Exception {
        deployLake();

        DeployedProject.Result result = streaming(KINESIS);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.deployed()).endsWith("queries", "streaming");
        Map<String, String> given = project.parameters("streaming");
        assertThat(given)
                .containsEntry("Stream", "clicks")
                .containsEntry("JarKey", project.parameters("jobs").get("JarKey"))
                .containsEntry("ScriptKey", project.parameters("jobs").get("ScriptKey"))
                .containsEntry("NamespacePrefix", "test_")
                .doesNotContainKeys("Topic", "BootstrapServers");
        for (Map.Entry<String, JsonNode> parameter :
                Template.fields(Template.of("streaming").parameters())) {
            assertThat(given.containsKey(parameter.getKey())
                            || parameter.getValue().has("Default"))
                    .as(parameter.getKey())
                    .isTrue();
        }
        assertThat(result.output()).contains("The stream starts, and then runs until it is stopped, with:");
    }

    @Test
    void leavesTheStreamAloneUnlessAskedForIt() throws Exception {
        deployLake();

        assertThat(project.deployed()).doesNotContain("streaming", "events", "emr");
    }

    @Test
    void readsAnotherSourceOrTheSameOneAgain() throws Exception {
        deployLake();
        streaming(KINESIS);
        streaming(KAFKA);
        assertThat(project.parameters("streaming"))
                .containsEntry("Stream", "")
                .containsEntry("BootstrapServers", "b-1:9098,b-2:9098")
                .containsEntry("Topic", "clicks");

        Files.writeString(project.account().resolve("runs"), "jr_1\t2026-11-29T10:00:00+00:00");
        DeployedProject.Result again = streaming();

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(project.parameters("streaming")).containsEntry("Topic", "clicks");
        assertThat(again.output()).contains("goes on with what it began with", "--job-run-ids jr_1");
    }

    @Test
    void saysAllThatIsMissingBeforeAnythingIsChanged() throws Exception {
        DeployedProject.Result nothing = streaming();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.output())
                .contains("nothing to read; give --stream", "there is no stack retail-lakehouse-jobs");

        DeployedProject.Result both = streaming("--stream", "clicks", "--topic", "clicks");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.output()).contains("--stream is given with --bootstrap-servers or --topic");

        DeployedProject.Result names = streaming("--stream", "a b", "--bootstrap-servers", "b-1", "--topic", "a/b");
        assertThat(names.exitCode()).isEqualTo(2);
        assertThat(names.output()).contains("--stream is 'a b'", "--bootstrap-servers is 'b-1'", "--topic is 'a/b'");

        DeployedProject.Result elsewhere = project.deploy("--name", "acme", "--yes", "--stream", "clicks");
        assertThat(elsewhere.exitCode()).isEqualTo(2);
        assertThat(elsewhere.output()).contains("give --only streaming, too");
        assertThat(project.deployed()).isEmpty();
    }

    @Test
    void takesItDownWithItsRunAndLeavesTheLake() throws Exception {
        deployLake();
        streaming(KINESIS);
        Files.writeString(project.account().resolve("runs"), "jr_1\t2026-11-29T10:00:00+00:00\njr_2\tNone\n");

        assertThat(streaming("--delete", "--delete-data").output())
                .contains("the stream's tables are the lake's, and stay");
        DeployedProject.Result result = streaming("--delete");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("This stays: the tables with all events");
        List<String> calls = project.calls();
        int stop = indexOf(
                calls, "glue batch-stop-job-run --job-name retail-lakehouse-StreamEvents --job-run-ids jr_1 jr_2");
        assertThat(stop).isPositive();
        assertThat(indexOf(calls, "delete-stack --stack-name retail-lakehouse-streaming"))
                .isGreaterThan(stop);
        assertThat(project.account().resolve("status-retail-lakehouse-streaming"))
                .doesNotExist();
        assertThat(project.account().resolve("status-retail-lakehouse-jobs")).exists();
        assertThat(streaming("--delete").output()).contains("there is no stack retail-lakehouse-streaming");
    }

    private static int indexOf(List<String> calls, String part) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).contains(part)) {
                return i;
            }
        }
        return -1;
    }

    private void deployLake() throws Exception {
        DeployedProject.Result result = project.deploy("--name", "acme", "--yes", "--namespace-prefix", "test_");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private DeployedProject.Result streaming(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--name", "acme", "--only", "streaming", "--yes"));
        arguments.addAll(Arrays.asList(more));
        return project.deploy(arguments.toArray(String[]::new));
    }
}
