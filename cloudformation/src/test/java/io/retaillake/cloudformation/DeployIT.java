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

/** bin/deploy from an empty account on: what it deploys, in which order, and what it does when something is wrong. */
class DeployIT {

    private static final List<String> STACKS = List.of("network", "lake", "database", "jobs", "pipeline", "queries");

    @TempDir
    private Path folder;

    private DeployedProject project;

    @BeforeEach
    void copiesTheProject() throws IOException {
        project = new DeployedProject(folder);
    }

    @Test
    void deploysTheStacksInOrderWithWhatTheyNeed() throws Exception {
        DeployedProject.Result result = project.deploy("--name", "acme", "--email", "data@retail.example", "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.deployed()).containsExactlyElementsOf(STACKS);
        for (String stack : STACKS) {
            Template template =
                    Template.parse(project.account().resolve("template-retail-lakehouse-" + stack + ".yaml"), stack);
            Map<String, String> given = project.parameters(stack);
            for (Map.Entry<String, JsonNode> parameter : Template.fields(template.parameters())) {
                String value = given.remove(parameter.getKey());
                assertThat(value != null || parameter.getValue().has("Default"))
                        .as(stack + "." + parameter.getKey())
                        .isTrue();
                if (value != null && parameter.getValue().has("AllowedPattern")) {
                    assertThat(value)
                            .as(stack + "." + parameter.getKey())
                            .matches(parameter.getValue().path("AllowedPattern").asText());
                }
            }
            assertThat(given).as("parameters that " + stack + " does not have").isEmpty();
        }
    }

    @Test
    void uploadsWhatTheStacksReferTo() throws Exception {
        assertThat(project.deploy("--name", "acme", "--yes", "--with-emr").exitCode())
                .isZero();

        List<String> keys = new ArrayList<>();
        keys.add(project.parameters("jobs").get("JarKey"));
        keys.add(project.parameters("jobs").get("ScriptKey"));
        keys.addAll(List.of(
                project.parameters("pipeline").get("PipelineKey"),
                project.parameters("pipeline").get("StarterKey"),
                project.parameters("pipeline").get("OverdueKey")));
        keys.addAll(List.of("data/dimension/", "data/factdata/bronze/", "glue/tmp/", "glue/script/", "glue/logs/"));
        assertThat(keys)
                .allSatisfy(
                        key -> assertThat(project.account().resolve("objects").resolve(key))
                                .exists());
        assertThat(project.parameters("jobs").get("JarKey"))
                .matches("glue/script/0\\.2\\.0-SNAPSHOT-[0-9a-f]{12}/retail-lakehouse-0\\.2\\.0-SNAPSHOT\\.jar")
                .isEqualTo(project.parameters("emr").get("JarKey"));
    }

    @Test
    void uploadsTheGeneratorOnRequestOnlyAndSaysHowToRunIt() throws Exception {
        DeployedProject.Result plain = project.deploy("--name", "acme", "--yes");
        assertThat(plain.output()).doesNotContain("generator");

        DeployedProject.Result result = project.deploy("--name", "acme", "--yes", "--with-generator");

        assertThat(result.output())
                .containsPattern(
                        "--arguments '\\{\"--class\": \"io.retaillake.generator.FillSource\", \"--extra-jars\": "
                                + "\"s3://acme-hist-retail/"
                                + project.parameters("jobs").get("JarKey")
                                + ",s3://acme-hist-retail/glue/script/0.2.0-SNAPSHOT-[0-9a-f]{12}/generator-0.2.0-SNAPSHOT.jar\", \"--scale\": \"1\"}'");
        assertThat(project.calls()).anyMatch(call -> call.matches(".*s3 cp .*/generator-0\\.2\\.0-SNAPSHOT\\.jar .*"));
    }

    @Test
    void refusesARegionThatCannotBeOne() throws Exception {
        DeployedProject.Result result = project.deploy("--name", "acme", "--yes", "--region", "seoul");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("the region is 'seoul'; give --region a region's name like");
        assertThat(project.calls()).isEmpty();
    }

    @Test
    void uploadsDefinitionsOfTablesIntoAFolderNamedForThem() throws Exception {
        project.write("tables/monthly.yaml", "table: gold.monthly");
        project.write("tables/monthly.sql", "SELECT 1");
        project.write("tables/monthly.test.yaml", "cases: []");
        project.write("tables/README.md", "ours");
        String tables = project.folder().resolve("tables").toString();

        DeployedProject.Result result = project.deploy("--name", "acme", "--yes", "--tables", tables);

        assertThat(result.exitCode()).as(result.output()).isZero();
        String key = project.parameters("jobs").get("TablesKey");
        assertThat(key).matches("tables/[0-9a-f]{12}/");
        assertThat(result.output()).contains("1 tables in s3://acme-hist-retail/" + key);
        assertThat(project.account().resolve("objects").resolve(key))
                .isDirectoryContaining("glob:**/monthly.yaml")
                .isDirectoryContaining("glob:**/monthly.sql")
                .isDirectoryNotContaining("glob:**/monthly.test.yaml")
                .isDirectoryNotContaining("glob:**/README.md");

        project.deploy("--name", "acme", "--yes");
        assertThat(project.parameters("jobs")).as("not named again").containsEntry("TablesKey", key);
        project.write("tables/monthly.sql", "SELECT 2");
        project.deploy("--name", "acme", "--yes", "--tables", tables);
        assertThat(project.parameters("jobs").get("TablesKey"))
                .matches("tables/[0-9a-f]{12}/")
                .isNotEqualTo(key);
        project.deploy("--name", "acme", "--yes", "--set", "jobs.TablesKey=");
        assertThat(project.parameters("jobs")).containsEntry("TablesKey", "");
    }

    @Test
    void saysWhatIsWrongWithDefinitionsOfTablesAndTouchesNothing() throws Exception {
        project.write("tables/monthly.sql", "SELECT wrong");

        DeployedProject.Result result = project.deploy(
                "--yes", "--tables", project.folder().resolve("tables").toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output())
                .contains("--name is missing", "can't be deployed:", "1:SELECT wrong", "nothing was changed");
        assertThat(project.deploy("--name", "acme", "--tables", "nowhere", "--only", "jobs")
                        .output())
                .contains("--tables is 'nowhere', which is no folder");
        assertThat(project.deploy("--name", "acme", "--tables", "x", "--only", "lake")
                        .output())
                .contains("--tables is given, but the stack jobs is not deployed");
        assertThat(project.account().resolve("calls")).doesNotExist();
    }

    @Test
    void uploadsNothingAgainThatIsThere() throws Exception {
        project.deploy("--name", "acme", "--yes");
        Files.delete(project.account().resolve("calls"));

        DeployedProject.Result again = project.deploy("--name", "acme", "--yes");

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(project.deployed()).containsExactlyElementsOf(STACKS);
        // Templates and state machines are kept beside the jar with each deployment.
        assertThat(project.calls().stream()
                        .filter(call -> call.contains("s3 cp") || call.contains("put-object"))
                        .filter(call -> !call.contains("/kept/ s3://")))
                .isEmpty();
    }

    @Test
    void goesOnAfterAFailureWhereItEnded() throws Exception {
        Files.writeString(project.account().resolve("fail-retail-lakehouse-jobs"), "");

        DeployedProject.Result failed = project.deploy("--name", "acme", "--yes");

        assertThat(failed.exitCode()).isEqualTo(4);
        assertThat(failed.output())
                .contains("acme-hist-retail already exists")
                .contains("error the stack retail-lakehouse-jobs could not be deployed")
                .contains("Fix the cause and give the same command again");
        assertThat(project.deployed()).containsExactly("network", "lake", "database", "jobs");

        assertThat(project.account().resolve("status-retail-lakehouse-jobs")).hasContent("ROLLBACK_COMPLETE");

        Files.delete(project.account().resolve("fail-retail-lakehouse-jobs"));
        DeployedProject.Result again = project.deploy("--name", "acme", "--yes");
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(again.output())
                .containsPattern("jobs +stack retail-lakehouse-jobs +delete what a failed creation left, create");
        assertThat(project.account().resolve("status-retail-lakehouse-jobs")).hasContent("CREATE_COMPLETE");
        assertThat(project.account().resolve("status-retail-lakehouse-queries")).exists();
        assertThat(project.calls().stream().filter(call -> call.contains("delete-stack")))
                .containsExactly(
                        "--region ap-northeast-2 cloudformation delete-stack --stack-name" + " retail-lakehouse-jobs");
    }

    @Test
    void saysWhichStacksAreMissingBeforeAnyIsDeployed() throws Exception {
        DeployedProject.Result refused = project.deploy("--name", "acme", "--only", "jobs", "--yes");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.output())
                .contains(
                        "there is no stack retail-lakehouse-network, which jobs needs",
                        "there is no stack retail-lakehouse-lake",
                        "there is no stack retail-lakehouse-database");
        assertThat(project.deployed()).isEmpty();

        DeployedProject.Result all =
                project.deploy("--name acme --yes --only network --only lake --only database --only jobs".split(" "));
        assertThat(all.exitCode()).as(all.output()).isZero();
    }

    @Test
    void callsAwsForNothingOnADryRun() throws Exception {
        DeployedProject.Result result = project.deploy("--name", "acme", "--dry-run");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("acme-hist-retail", "retail-lakehouse-pipeline", "Nothing was changed.");
        assertThat(project.account().resolve("calls")).doesNotExist();
    }

    @Test
    void saysEverythingThatIsWrongAtOnceAndTouchesNothing() throws Exception {
        Files.delete(project.folder().resolve("jobs/jar/target/retail-lakehouse-0.2.0-SNAPSHOT.jar"));

        DeployedProject.Result result = project.deploy(
                "--project",
                "Retail",
                "--set",
                "jobs.Workers=4",
                "--set",
                "jobz.X=1",
                "--set",
                "x",
                "--only",
                "glue",
                "--only",
                "jobs");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output())
                .contains("--name is missing")
                .contains("--project is 'Retail'")
                .contains("jobs.yaml has no parameter 'Workers'")
                .contains("there is no stack 'jobz'")
                .contains("--set is 'x'")
                .contains("--only is 'glue'")
                .contains("retail-lakehouse-0.2.0-SNAPSHOT.jar is not there. Build it: mvn")
                .contains("nothing was changed");
        assertThat(project.account().resolve("calls")).doesNotExist();
    }

    @Test
    void namesTheOptionThatWasMeantAndEachMissingValueAtOnce() throws Exception {
        DeployedProject.Result result =
                project.deploy("--nam", "acme", "--regoin=x", "--dry-runn", "extra", "--email", "--set", "", "--jar");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output().lines().filter(line -> line.startsWith("- ")))
                .containsExactly(
                        "- unknown option --nam; did you mean --name?",
                        "- unknown option --regoin; did you mean --region?",
                        "- unknown option --dry-runn; did you mean --dry-run?",
                        "- --email needs a value",
                        "- --set needs a value",
                        "- --jar needs a value",
                        "- --name is missing; the bucket is called <name>-hist-retail, so take one that nobody else in the"
                                + " world has");
        assertThat(project.deploy("--name").output())
                .contains("--name needs a value")
                .doesNotContain("is missing");
        assertThat(project.account().resolve("calls")).doesNotExist();
    }

    @Test
    void takesNoPatternForAName() throws Exception {
        DeployedProject.Result result =
                project.deploy("--name", "acme\nother", "--set", "jobs.Build.orkers=4", "--only", "*", "--dry-run");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output())
                .contains("--name is 'acme\nother'")
                .contains("jobs.yaml has no parameter 'Build.orkers'")
                .contains("--only is '*'");
    }

    /** It would be a second bucket, and the data would stay in the first. */
    @Test
    void refusesAnotherNameForTheBucketOfAProjectThatIsThere() throws Exception {
        project.deploy("--name", "acme", "--yes");
        Files.delete(project.account().resolve("calls"));

        DeployedProject.Result result = project.deploy("--name", "shop", "--yes");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output())
                .contains(
                        "the bucket of the project retail-lakehouse is acme-hist-retail, and --name says shop-hist-retail");
        assertThat(project.deployed()).isEmpty();
    }

    @Test
    void tidiesNothingWhereItUploadedNothing() throws Exception {
        DeployedProject.Result result = project.deploy("--name", "acme", "--only", "network", "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.calls()).noneMatch(call -> call.contains(" s3"));
    }

    @Test
    void printsTheCommandOfTheFirstLoadAsOneLineToPaste() throws Exception {
        DeployedProject.Result result = project.deploy("--name=acme", "--yes");

        assertThat(result.output().lines().filter(line -> line.contains("bin/executions")))
                .singleElement()
                .asString()
                .matches("  bin/executions start --all --follow --state-machine \\S+ --region ap-northeast-2");
    }

    @Test
    void changesNothingWithoutCredentialsOrWithAStackThatCantBeUpdated() throws Exception {
        Files.writeString(project.account().resolve("no-credentials"), "");
        DeployedProject.Result noCredentials = project.deploy("--name", "acme", "--yes");
        assertThat(noCredentials.exitCode()).isEqualTo(2);
        assertThat(noCredentials.output()).contains("Unable to locate credentials", "aws configure");
        Files.delete(project.account().resolve("no-credentials"));

        Files.writeString(project.account().resolve("status-retail-lakehouse-lake"), "ROLLBACK_FAILED");
        Files.writeString(project.account().resolve("status-retail-lakehouse-jobs"), "UPDATE_IN_PROGRESS");
        DeployedProject.Result blocked = project.deploy("--name", "acme", "--yes");
        assertThat(blocked.exitCode()).isEqualTo(2);
        assertThat(blocked.output())
                .contains("delete-stack --stack-name retail-lakehouse-lake --region ap-northeast-2")
                .contains("retail-lakehouse-jobs is in state UPDATE_IN_PROGRESS");
        assertThat(project.deployed()).isEmpty();
    }

    @Test
    void refusesACliThatIsTooOldAndSaysWhereToGetOne() throws Exception {
        for (String old :
                List.of("aws-cli/1.44.3 Python/3.12.0", "aws-cli/2.9.70 Python/3.11.9", "aws-cli/2.15.60 x")) {
            Files.writeString(project.account().resolve("version"), old + "\n");
            DeployedProject.Result result = project.deploy("--name", "acme", "--yes");
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.output())
                    .contains("needed is 2.15.61 or newer", "cli/latest/userguide/getting-started-install.html");
        }
        assertThat(project.account().resolve("calls")).doesNotExist();
        Files.writeString(project.account().resolve("version"), "aws-cli/2.15.61 Python/3.11.8\n");
        assertThat(project.deploy("--name", "acme", "--yes").exitCode()).isZero();
    }

    @Test
    void saysWhichExecutionTakesTheNewJarOnItsWay() throws Exception {
        project.deploy("--name", "acme", "--yes");
        Files.writeString(project.account().resolve("executions"), "run-2026-10");

        assertThat(project.deploy("--name", "acme", "--yes").output())
                .contains(
                        "the execution run-2026-10 is under way: what it has begun goes on, its later jobs take the new jar");
    }

    @Test
    void asksNobodyWhereNobodyIs() throws Exception {
        DeployedProject.Result result = project.deploy("--name", "acme");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("Give --yes");
        assertThat(project.deployed()).isEmpty();
    }
}
