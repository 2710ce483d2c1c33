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

/** Which parameters bin/deploy gives to which stack, and which it leaves as they are. */
class DeployParametersIT {

    @TempDir
    private Path folder;

    private DeployedProject project;

    @BeforeEach
    void copiesTheProject() throws IOException {
        project = new DeployedProject(folder);
    }

    @Test
    void keepsTheNamespacesPrefixOfTheLakeThatIsThere() throws Exception {
        project.deploy("--name", "acme", "--yes", "--namespace-prefix", "test_");

        DeployedProject.Result again = project.deploy("--name", "acme", "--yes", "--with-emr");

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(again.output()).contains("with test_ before the databases' names");
        for (String stack : List.of("lake", "jobs", "emr", "queries")) {
            assertThat(project.parameters(stack)).as(stack).containsEntry("NamespacePrefix", "test_");
        }
    }

    @Test
    void callsASecondProjectsSecretByItsOwnName() throws Exception {
        project.deploy("--name", "acme", "--yes");
        project.deploy("--name", "shop", "--yes", "--project", "shop");

        assertThat(project.parameters("database")).doesNotContainKey("AdministratorSecretName");
        assertThat(project.parameters("shop", "database"))
                .containsEntry("AdministratorSecretName", "shop/source-administrator");
    }

    @Test
    void leavesASecretsNameToWhoHasSetIt() throws Exception {
        String set = "database.AdministratorSecretName=shop-administrator";
        project.deploy("--name", "shop", "--yes", "--project", "shop", "--set", set);
        // Another name would be another secret, and another password than the server's.
        project.deploy("--name", "shop", "--yes", "--project", "shop");

        assertThat(project.parameters("shop", "database"))
                .containsEntry("AdministratorSecretName", "shop-administrator");
    }

    @Test
    void deploysOneStackWithParametersThatHoldBlanks() throws Exception {
        project.hasStacks("lake", "jobs");
        DeployedProject.Result result = project.deploy(
                "--name",
                "acme",
                "--yes",
                "--only",
                "pipeline",
                "--set",
                "pipeline.ScheduleExpression=cron(0 3 1 * ? *)");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.deployed()).containsExactly("pipeline");
        assertThat(project.parameters("pipeline")).containsEntry("ScheduleExpression", "cron(0 3 1 * ? *)");
    }

    @Test
    void givesJobsAndPipelineTheSameTimeout() throws Exception {
        DeployedProject.Result result =
                project.deploy("--name", "acme", "--yes", "--set", "jobs.JobTimeoutMinutes=120");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.parameters("jobs")).containsEntry("JobTimeoutMinutes", "120");
        assertThat(project.parameters("pipeline")).containsEntry("JobTimeoutMinutes", "120");
        DeployedProject.Result onlyOne =
                project.deploy("--name", "acme", "--yes", "--only", "jobs", "--set", "pipeline.JobTimeoutMinutes=60");
        assertThat(onlyOne.exitCode()).isEqualTo(2);
        assertThat(onlyOne.output())
                .contains("--set pipeline.JobTimeoutMinutes=60: jobs and pipeline must have the same");
    }

    @Test
    void savesEveryQueryWithTheNamespacesPrefix() throws Exception {
        project.hasStacks("lake");
        assertThat(project.deploy("--name", "acme", "--yes", "--only", "queries", "--namespace-prefix", "test_")
                        .exitCode())
                .isZero();

        Template template =
                Template.parse(project.account().resolve("template-retail-lakehouse-queries.yaml"), "queries");
        JsonNode query = template.resources().path("EachAffiliateSTotal").path("Properties");
        Functions functions = new Functions(
                template, Map.of("NamespacePrefix", "test_"), Map.of("retail-lakehouse-WorkGroup", "retail-lakehouse"));
        JsonNode evaluated = functions.evaluate(query);
        assertThat(evaluated.path("Name").asText()).isEqualTo("each-affiliate's-total");
        assertThat(evaluated.path("Description").asText())
                .isEqualTo("Each affiliate's total; the \"overview\" of gold.");
        assertThat(evaluated.path("Database").asText()).isEqualTo("test_gold");
        assertThat(evaluated.path("WorkGroup").asText()).isEqualTo("retail-lakehouse");
        assertThat(evaluated.path("QueryString").asText()).isEqualTo("""
                -- Each affiliate's total; the "overview" of gold.
                SELECT affiliate, '${x}' AS text, total FROM test_gold.affiliate_overview
                WHERE EXISTS (SELECT 1 FROM test_ops.job_runs)  -- marigold.x, a.silver.b
                """);
        try (var files = Files.list(project.folder().resolve("data/queries"))) {
            assertThat(template.resources()).hasSize((int) files.count());
        }
        ResourceTypes types = ResourceTypes.load();
        for (JsonNode resource : template.resources()) {
            assertThat(types.problems(
                            "queries", resource.path("Type").asText(), functions.evaluate(resource.path("Properties"))))
                    .isEmpty();
        }
    }

    @Test
    void givesAKeyToSecretsAndLogsAndToADatabaseThatIsCreated() throws Exception {
        String lakesKey = "arn:aws:fake:ap-northeast-2:123456789012:retail-lakehouse-lake/KeyArn";
        DeployedProject.Result result = project.deploy("--name", "acme", "--yes", "--kms-key", "lake");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.parameters("database"))
                .containsEntry("KmsKeyArn", lakesKey)
                .containsEntry("StorageKmsKeyArn", lakesKey);
        assertThat(project.parameters("jobs")).containsEntry("KmsKeyArn", lakesKey);
        assertThat(project.parameters("pipeline")).containsEntry("KmsKeyArn", lakesKey);

        project.deploy("--name", "acme", "--yes", "--kms-key", "none");
        assertThat(project.parameters("jobs")).containsEntry("KmsKeyArn", "");
        assertThat(project.parameters("database"))
                .containsEntry("KmsKeyArn", "")
                .as("can't be changed")
                .containsEntry("StorageKmsKeyArn", lakesKey);
        assertThat(project.deploy("--name", "acme", "--yes", "--kms-key", "alias/x")
                        .output())
                .contains("--kms-key is 'alias/x'; allowed: lake, the ARN of a key, or none");
    }
}
