package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/deploy on a copy of the project, with an {@code aws} on the PATH that notes its calls and refuses what AWS would. */
class DeployIT {

    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();
    private static final List<String> STACKS = List.of("network", "lake", "database", "jobs", "pipeline", "queries");

    @TempDir
    private Path folder;

    private Path project;
    private Path account;

    private record Result(int exitCode, String output) {}

    @BeforeEach
    void copiesTheProject() throws IOException {
        project = folder.resolve("project");
        account = Files.createDirectories(folder.resolve("account"));
        copy("pom.xml");
        copy("bin/deploy");
        copy("bin/launch.sh");
        copy("cloudformation/glue-script.scala");
        for (String name : Template.NAMES) {
            copy("cloudformation/" + name + ".yaml");
        }
        for (String name : List.of("pipeline", "starter", "overdue")) {
            copy("stepfunctions/" + name + ".asl.json");
        }
        Path queries = PROJECT.resolve("data/queries");
        if (Files.isDirectory(queries)) {
            try (var files = Files.list(queries)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".sql")).toList()) {
                    copy(PROJECT.relativize(file).toString());
                }
            }
        }
        write("data/queries/each-affiliate's-total.sql", """
                -- Each affiliate's total; the "overview" of gold.
                SELECT affiliate, '${x}' AS text, total FROM gold.affiliate_overview
                WHERE EXISTS (SELECT 1 FROM ops.job_runs)  -- marigold.x, a.silver.b
                """);
        write("jobs/target/retail-lakehouse-jobs-0.1.0.jar", "jar");
        Path aws = folder.resolve("path/aws");
        Files.createDirectories(aws.getParent());
        Files.copy(Path.of("src/test/resources/aws"), aws);
        assertThat(aws.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void deploysTheStacksInOrderWithWhatTheyNeed() throws Exception {
        Result result = deploy("--name", "acme", "--email", "data@retail.example", "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(deployed()).containsExactlyElementsOf(STACKS);
        for (String stack : STACKS) {
            Template template = Template.parse(account.resolve("template-retail-lakehouse-" + stack + ".yaml"), stack);
            Map<String, String> given = parameters(stack);
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
        assertThat(deploy("--name", "acme", "--yes", "--with-emr").exitCode()).isZero();

        List<String> keys = new ArrayList<>();
        keys.add(parameters("jobs").get("JarKey"));
        keys.add(parameters("jobs").get("ScriptKey"));
        keys.addAll(List.of(
                parameters("pipeline").get("PipelineKey"),
                parameters("pipeline").get("StarterKey"),
                parameters("pipeline").get("OverdueKey")));
        keys.addAll(List.of("data/dimension/", "data/factdata/bronze/", "glue/tmp/", "glue/script/", "glue/logs/"));
        assertThat(keys)
                .allSatisfy(key ->
                        assertThat(account.resolve("objects").resolve(key)).exists());
        assertThat(parameters("jobs").get("JarKey"))
                .matches("glue/script/0\\.1\\.0-[0-9a-f]{12}/retail-lakehouse-jobs-0\\.1\\.0\\.jar")
                .isEqualTo(parameters("emr").get("JarKey"));
    }

    @Test
    void uploadsNothingAgainThatIsThere() throws Exception {
        deploy("--name", "acme", "--yes");
        Files.delete(account.resolve("calls"));

        Result again = deploy("--name", "acme", "--yes");

        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(deployed()).containsExactlyElementsOf(STACKS);
        assertThat(calls()).noneMatch(call -> call.contains("s3 cp") || call.contains("put-object"));
    }

    @Test
    void goesOnAfterAFailureWhereItEnded() throws Exception {
        Files.writeString(account.resolve("fail-retail-lakehouse-jobs"), "");

        Result failed = deploy("--name", "acme", "--yes");

        assertThat(failed.exitCode()).isEqualTo(4);
        assertThat(failed.output())
                .contains("acme-hist-retail already exists")
                .contains("error the stack retail-lakehouse-jobs could not be deployed")
                .contains("Mend the cause and give the same command again");
        assertThat(deployed()).containsExactly("network", "lake", "database", "jobs");

        assertThat(account.resolve("status-retail-lakehouse-jobs")).hasContent("ROLLBACK_COMPLETE");

        Files.delete(account.resolve("fail-retail-lakehouse-jobs"));
        Result again = deploy("--name", "acme", "--yes");
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(again.output())
                .containsPattern("jobs +stack retail-lakehouse-jobs +delete what a failed creation left, create");
        assertThat(account.resolve("status-retail-lakehouse-jobs")).hasContent("CREATE_COMPLETE");
        assertThat(account.resolve("status-retail-lakehouse-queries")).exists();
        assertThat(calls().stream().filter(call -> call.contains("delete-stack")))
                .containsExactly("--region ap-northeast-2 cloudformation delete-stack --stack-name"
                        + " retail-lakehouse-jobs");
    }

    @Test
    void callsAwsForNothingOnADryRun() throws Exception {
        Result result = deploy("--name", "acme", "--dry-run");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("acme-hist-retail", "retail-lakehouse-pipeline", "Nothing was changed.");
        assertThat(account.resolve("calls")).doesNotExist();
    }

    @Test
    void saysEverythingThatIsWrongAtOnceAndTouchesNothing() throws Exception {
        Files.delete(project.resolve("jobs/target/retail-lakehouse-jobs-0.1.0.jar"));

        Result result = deploy(
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
                .contains("retail-lakehouse-jobs-0.1.0.jar is not there. Build it: mvn")
                .contains("nothing was changed");
        assertThat(account.resolve("calls")).doesNotExist();
    }

    @Test
    void changesNothingWithoutCredentialsOrWithAStackThatCantBeUpdated() throws Exception {
        Files.writeString(account.resolve("no-credentials"), "");
        Result noCredentials = deploy("--name", "acme", "--yes");
        assertThat(noCredentials.exitCode()).isEqualTo(2);
        assertThat(noCredentials.output()).contains("Unable to locate credentials", "aws configure");
        Files.delete(account.resolve("no-credentials"));

        Files.writeString(account.resolve("status-retail-lakehouse-lake"), "ROLLBACK_FAILED");
        Files.writeString(account.resolve("status-retail-lakehouse-jobs"), "UPDATE_IN_PROGRESS");
        Result blocked = deploy("--name", "acme", "--yes");
        assertThat(blocked.exitCode()).isEqualTo(2);
        assertThat(blocked.output())
                .contains("delete-stack --stack-name retail-lakehouse-lake --region ap-northeast-2")
                .contains("retail-lakehouse-jobs is in state UPDATE_IN_PROGRESS");
        assertThat(deployed()).isEmpty();
    }

    @Test
    void asksNobodyWhereNobodyIs() throws Exception {
        Result result = deploy("--name", "acme");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("Give --yes");
        assertThat(deployed()).isEmpty();
    }

    @Test
    void deploysOneStackWithParametersThatHoldBlanks() throws Exception {
        Result result = deploy(
                "--name",
                "acme",
                "--yes",
                "--only",
                "pipeline",
                "--set",
                "pipeline.ScheduleExpression=cron(0 3 1 * ? *)");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(deployed()).containsExactly("pipeline");
        assertThat(parameters("pipeline")).containsEntry("ScheduleExpression", "cron(0 3 1 * ? *)");
    }

    @Test
    void givesJobsAndPipelineTheSameTimeout() throws Exception {
        Result result = deploy("--name", "acme", "--yes", "--set", "jobs.JobTimeoutMinutes=120");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(parameters("jobs")).containsEntry("JobTimeoutMinutes", "120");
        assertThat(parameters("pipeline")).containsEntry("JobTimeoutMinutes", "120");
        Result onlyOne =
                deploy("--name", "acme", "--yes", "--only", "jobs", "--set", "pipeline.JobTimeoutMinutes=60");
        assertThat(onlyOne.exitCode()).isEqualTo(2);
        assertThat(onlyOne.output()).contains("--set pipeline.JobTimeoutMinutes=60: jobs and pipeline must have the same");
    }

    @Test
    void savesEveryQueryWithTheNamespacesPrefix() throws Exception {
        assertThat(deploy("--name", "acme", "--yes", "--only", "queries", "--namespace-prefix", "test_")
                        .exitCode())
                .isZero();

        Template template = Template.parse(account.resolve("template-retail-lakehouse-queries.yaml"), "queries");
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
        try (var files = Files.list(project.resolve("data/queries"))) {
            assertThat(template.resources()).hasSize((int) files.count());
        }
        ResourceTypes types = ResourceTypes.load();
        for (JsonNode resource : template.resources()) {
            assertThat(types.problems(
                            "queries", resource.path("Type").asText(), functions.evaluate(resource.path("Properties"))))
                    .isEmpty();
        }
    }

    private Result deploy(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(project.resolve("bin/deploy").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("PATH", folder.resolve("path") + ":" + System.getenv("PATH"));
        builder.environment().put("FAKE_AWS", account.toString());
        builder.environment().put("AWS_REGION", "ap-northeast-2");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private List<String> calls() throws IOException {
        Path calls = account.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** The stacks that were deployed, in order. */
    private List<String> deployed() throws IOException {
        return calls().stream()
                .filter(call -> call.contains("cloudformation deploy"))
                .map(call -> call.replaceAll(".*--stack-name retail-lakehouse-(\\w+) .*", "$1"))
                .toList();
    }

    private Map<String, String> parameters(String stack) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String line : Files.readAllLines(account.resolve("parameters-retail-lakehouse-" + stack))) {
            parameters.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return parameters;
    }

    private void copy(String file) throws IOException {
        Path target = project.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(PROJECT.resolve(file), target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void write(String file, String text) throws IOException {
        Path target = project.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }
}
