package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/deploy --only events: brings the stack up and takes it down, and deletes no event that nobody asked it to. */
class DeployEventsIT {

    private static final String[] DEPLOY = {"--name", "acme", "--only", "events", "--yes"};

    @TempDir
    private Path folder;

    private DeployedProject project;

    @BeforeEach
    void copiesTheProjectIntoAnAccountWithALake() throws IOException {
        project = new DeployedProject(folder);
        Files.createDirectories(project.account().resolve("buckets"));
        Files.createFile(bucket("acme-hist-retail"));
    }

    @Test
    void uploadsTheFunctionByItsContentAndDeploysTheStackAlone() throws Exception {
        DeployedProject.Result result = project.deploy(DEPLOY);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.deployed()).containsExactly("events");
        Map<String, String> given = project.parameters("events");
        assertThat(given)
                .containsEntry("BucketOwnerName", "acme")
                .containsEntry("CodeBucket", "acme-hist-retail")
                .containsEntry("NewBucket", "true");
        assertThat(given.get("JarKey"))
                .matches("glue/script/0\\.2\\.0-SNAPSHOT-[0-9a-f]{12}/retail-lakehouse-lambda-0\\.2\\.0-SNAPSHOT\\.jar")
                .matches(Template.of("events")
                        .parameters()
                        .path("JarKey")
                        .path("AllowedPattern")
                        .asText());
        assertThat(project.account().resolve("objects").resolve(given.get("JarKey")))
                .exists();
        for (Map.Entry<String, JsonNode> parameter :
                Template.fields(Template.of("events").parameters())) {
            assertThat(given.containsKey(parameter.getKey())
                            || parameter.getValue().has("Default"))
                    .as(parameter.getKey())
                    .isTrue();
        }

        project.write("jobs/lambda/target/retail-lakehouse-lambda-0.2.0-SNAPSHOT.jar", "newer function");
        project.deploy(DEPLOY);
        assertThat(project.parameters("events").get("JarKey")).isNotEqualTo(given.get("JarKey"));
        assertThat(project.parameters("events")).containsEntry("NewBucket", "true");
    }

    @Test
    void leavesEventsAndTheirJarAloneUnlessAskedForThem() throws Exception {
        Files.delete(project.folder().resolve("jobs/lambda/target/retail-lakehouse-lambda-0.2.0-SNAPSHOT.jar"));

        assertThat(project.deploy("--name", "acme", "--yes").exitCode()).isZero();
        assertThat(project.deployed()).doesNotContain("events");

        DeployedProject.Result result = project.deploy(DEPLOY);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("Build it: mvn -q -pl jobs/lambda -am");
    }

    @Test
    void saysWhereTheJarCouldGoWhereThereIsNoLake() throws Exception {
        Files.delete(bucket("acme-hist-retail"));

        DeployedProject.Result refused = project.deploy(DEPLOY);
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).contains("the bucket acme-hist-retail", "--set events.CodeBucket=");
        assertThat(project.deployed()).isEmpty();

        Files.createFile(bucket("acme-code"));
        DeployedProject.Result result =
                project.deploy("--name", "acme", "--only", "events", "--yes", "--set", "events.CodeBucket=acme-code");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.parameters("events")).containsEntry("CodeBucket", "acme-code");
        assertThat(project.calls()).anyMatch(call -> call.contains("s3 cp") && call.contains("s3://acme-code/glue/"));
    }

    @Test
    void takesTheStackDownKeepsTheDataAndTakesItUpAgain() throws Exception {
        project.deploy(DEPLOY);

        DeployedProject.Result result = project.deploy("--name", "acme", "--only", "events", "--delete", "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("This stays: the bucket acme-events", "The bucket acme-events stays");
        assertThat(project.account().resolve("status-retail-lakehouse-events")).doesNotExist();
        assertThat(bucket("acme-events")).exists();
        assertThat(project.calls())
                .noneMatch(call -> call.contains(" s3 rb ") || call.contains(" s3 rm "))
                .anyMatch(call -> call.contains("wait stack-delete-complete --stack-name retail-lakehouse-events"));

        assertThat(project.deploy(DEPLOY).exitCode()).isZero();
        assertThat(project.parameters("events")).containsEntry("NewBucket", "false");
    }

    @Test
    void deletesTheDataOnlyIfToldTo() throws Exception {
        project.deploy(DEPLOY);

        DeployedProject.Result result =
                project.deploy("--name", "acme", "--only", "events", "--delete", "--delete-data", "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(bucket("acme-events")).doesNotExist();
        assertThat(bucket("acme-hist-retail")).exists();
        assertThat(result.output()).contains("No event is left in acme-events");
        assertThat(project.deploy("--name", "acme", "--only", "events", "--delete", "--delete-data", "--yes")
                        .output())
                .contains("there is no stack retail-lakehouse-events", "There is no bucket acme-events");
    }

    @Test
    void deletesNoBucketThatIsNotThisProjects() throws Exception {
        project.deploy(DEPLOY);
        Files.createFile(bucket("shop-events"));

        String[] arguments = {"--only", "events", "--delete", "--delete-data", "--yes"};
        assertThat(project.deploy(concatenated("--name shop", arguments)).output())
                .contains("the bucket of the project retail-lakehouse is acme-events, and --name says shop-events")
                .contains("the bucket shop-events is of no project that bin/deploy made, not of retail-lakehouse");
        assertThat(project.deploy(concatenated("--name acme --project shop", arguments))
                        .output())
                .contains("the bucket acme-events is of the project retail-lakehouse, not of shop; it is left alone");
        assertThat(bucket("shop-events")).exists();
        assertThat(bucket("acme-events")).exists();
    }

    @Test
    void fillsNoBucketThatIsNotThisProjects() throws Exception {
        Files.createFile(bucket("acme-events"));

        DeployedProject.Result refused = project.deploy(DEPLOY);

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output()).contains("the bucket acme-events is of no project that bin/deploy made");
        assertThat(project.deployed()).isEmpty();
    }

    @Test
    void deletesNothingWhereNobodyCanBeAskedOrOnADryRun() throws Exception {
        project.deploy(DEPLOY);

        for (String[] arguments : List.of(new String[] {"--delete"}, new String[] {"--delete", "--delete-data"})) {
            DeployedProject.Result result = project.deploy(concatenated("--name acme --only events", arguments));
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.output()).contains("Give --yes; nothing was changed");
        }
        DeployedProject.Result dry =
                project.deploy("--name", "acme", "--only", "events", "--delete", "--delete-data", "--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.output()).contains("Nothing was changed.");
        assertThat(project.account().resolve("status-retail-lakehouse-events")).exists();
        assertThat(bucket("acme-events")).exists();
    }

    @Test
    void deletesNoOtherStack() throws Exception {
        for (String arguments : List.of("--only lake", "--only events --only lake")) {
            DeployedProject.Result result = project.deploy(concatenated("--name acme --yes --delete " + arguments));
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.output())
                    .contains("--delete takes down the whole project, or one of events, streaming and logs");
        }
        DeployedProject.Result result = project.deploy("--name", "acme", "--only", "events", "--yes", "--delete-data");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("--delete-data needs --delete");
        assertThat(project.calls()).noneMatch(call -> call.contains("delete-stack"));
    }

    private static String[] concatenated(String words, String... more) {
        return (words.strip() + " " + String.join(" ", more)).strip().split(" ");
    }

    private Path bucket(String name) {
        return project.account().resolve("buckets").resolve(name);
    }
}
