package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.generator.FillSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Glue jobs of jobs.yaml against the jobs' classes and their own parsers. */
class GlueJobsTest {

    private static final Path JOBS =
            Path.of("").toAbsolutePath().resolveSibling("jobs").resolve("src/main/java");

    /** Jobs that are no Glue jobs, and why. */
    private static final Map<String, String> NOT_ON_GLUE = Map.of(
            "io.retaillake.jobs.ops.sql.Sql", "a person runs it, and reads its output",
            "io.retaillake.jobs.ops.check.CheckLake", "a person runs it, and reads its output",
            "io.retaillake.jobs.ops.maintenance.Migrate", "a person runs it, and reads its output",
            "io.retaillake.jobs.tables.ShowTable", "a person runs it, and reads its output",
            "io.retaillake.jobs.tables.CheckTables", "a person runs it, and reads its output",
            "io.retaillake.jobs.tables.TestTables", "a person runs it, and reads its output",
            "io.retaillake.jobs.tables.Dictionary", "a person runs it, and reads its output");

    /** AWS's documentation forbids to set them. */
    private static final Set<String> GLUES_OWN = Set.of("--JOB_NAME", "--debug", "--mode", "--endpoint");

    /** What the state machine passes, as it would be for a window of months. */
    private static final Map<String, String> PASSED =
            Map.of("--run-id", "2015-01_2015-03.20160115", "--from", "2015-01", "--to", "2015-03");

    private final Map<String, JsonNode> jobs = Deployment.byDefault().properties("jobs", "AWS::Glue::Job");

    @Test
    void runsEveryJobThatThereIs() {
        List<String> expected = mainClasses();
        expected.removeAll(NOT_ON_GLUE.keySet());
        assertThat(jobs.values().stream().map(job -> argument(job, "--class")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void callsEachJobAsItsClass() {
        jobs.forEach((id, job) -> {
            assertThat(argument(job, "--class")).endsWith("." + id);
            assertThat(job.path("Name").asText()).isEqualTo("retail-lakehouse-" + id);
            assertThat(job.path("Role").asText()).endsWith("/jobs-" + id + "Role");
        });
    }

    @Test
    void passesArgumentsThatEachJobsParserAccepts() {
        for (Deployment deployment : List.of(Deployment.byDefault(), Deployments.withAllOptions())) {
            deployment
                    .properties("jobs", "AWS::Glue::Job")
                    .forEach((id, job) -> assertThatCode(
                                    () -> JobMain.check(newJob(job), asGlueHandsOver(job, Map.of())))
                            .as(id)
                            .doesNotThrowAnyException());
        }
    }

    @Test
    void passesFromTheStateMachineWhatEachJobsParserAccepts() {
        StateMachine.load("pipeline").jobs().forEach((id, options) -> {
            assertThat(PASSED.keySet()).as(id).containsAll(options);
            JsonNode job = jobs.get(id);
            Map<String, String> everything = new TreeMap<>(PASSED);
            everything.keySet().retainAll(options);
            Map<String, String> wholePeriod = new TreeMap<>(everything);
            wholePeriod.keySet().removeAll(Set.of("--from", "--to"));
            for (Map<String, String> passed : List.of(everything, wholePeriod)) {
                assertThatCode(() -> JobMain.check(newJob(job), asGlueHandsOver(job, passed)))
                        .as(id + " " + passed)
                        .doesNotThrowAnyException();
            }
        });
    }

    @Test
    void acceptsFlagsAsGlueHandsThemOver() {
        JsonNode extract = jobs.get("ExtractPurchases");
        assertThatCode(() -> JobMain.check(newJob(extract), asGlueHandsOver(extract, Map.of("--dry-run", "true"))))
                .doesNotThrowAnyException();
    }

    @Test
    void fillsTheSourceByTheJobThatPreparesIt() {
        JsonNode prepare = jobs.get("PrepareSource");
        assertThatCode(() -> JobMain.check(
                        new FillSource(),
                        asGlueHandsOver(
                                prepare,
                                Map.of(
                                        "--class", FillSource.class.getName(),
                                        "--extra-jars", "s3://bucket/job.jar,s3://bucket/generator.jar",
                                        "--scale", "1"))))
                .doesNotThrowAnyException();
    }

    @Test
    void leavesRepeatingToTheStateMachineAndGluesOptionsToGlue() {
        jobs.forEach((id, job) -> {
            assertThat(job.path("MaxRetries").asInt(-1)).as(id).isZero();
            assertThat(job.path("Timeout").asInt()).as(id).isPositive();
            assertThat(argument(job, "--datalake-formats")).as(id).isEqualTo("iceberg");
            assertThat(argument(job, "--conf"))
                    .as(id)
                    .contains("spark.hadoop.fs.s3a.endpoint.region=ap-northeast-2")
                    .doesNotStartWith("--conf");
            for (String own : GLUES_OWN) {
                assertThat(job.path("DefaultArguments").has(own)).as(id + own).isFalse();
            }
            job.path("DefaultArguments")
                    .forEach(value -> assertThat(value.asText()).as(id).isNotEmpty());
        });
    }

    @Test
    void derivesParallelismFromTheWorkers() {
        Map<String, Integer> cores = Map.of("G.1X", 4, "G.2X", 8, "G.4X", 16);
        cores.forEach((type, coresPerWorker) -> {
            for (int workers = 2; workers <= 10; workers++) {
                Map<String, String> settings = new LinkedHashMap<>();
                settings.put("jobs.WorkerType", type);
                settings.put("jobs.ExtractWorkers", Integer.toString(workers));
                JsonNode job = Deployment.with(settings)
                        .properties("jobs", "AWS::Glue::Job")
                        .get("ExtractPurchases");
                int executorCores = coresPerWorker * (workers - 1);
                assertThat(argument(job, "--read-parallelism"))
                        .isEqualTo(Integer.toString(Math.min(2 * executorCores, 64)));
                assertThat(argument(job, "--conf")).endsWith("spark.sql.shuffle.partitions=" + 4 * executorCores);
            }
        });
    }

    @Test
    void putsOnlyTheJobsThatReadTheSourceIntoItsNetwork() {
        jobs.forEach((id, job) -> assertThat(job.has("Connections"))
                .as(id)
                .isEqualTo(job.path("DefaultArguments").has("--secret")));
    }

    /** A job's arguments, as Glue puts its own around them. */
    private static String[] asGlueHandsOver(JsonNode job, Map<String, String> passed) {
        Map<String, String> own = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> argument : Template.fields(job.path("DefaultArguments"))) {
            own.put(argument.getKey(), argument.getValue().asText());
        }
        own.putAll(passed);
        List<String> arguments = new ArrayList<>(List.of(
                "--JOB_ID", "j_0123456789abcdef", "--enable-glue-datacatalog", "--JOB_RUN_ID", "jr_0123456789abcdef"));
        own.forEach((name, value) -> arguments.addAll(List.of(name, value)));
        arguments.addAll(List.of(
                "--JOB_NAME",
                job.path("Name").asText(),
                "--scriptLocation",
                job.path("Command").path("ScriptLocation").asText(),
                "--enable-job-insights",
                "--job-bookmark-from",
                "0"));
        return arguments.toArray(String[]::new);
    }

    private static Job newJob(JsonNode job) throws ReflectiveOperationException {
        return Class.forName(argument(job, "--class"))
                .asSubclass(Job.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static String argument(JsonNode job, String name) {
        return job.path("DefaultArguments").path(name).asText();
    }

    private static List<String> mainClasses() {
        try (Stream<Path> files = Files.walk(JOBS)) {
            List<String> classes = new ArrayList<>();
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (Files.readString(file).contains("public static void main(")) {
                    classes.add(
                            JOBS.relativize(file).toString().replace('/', '.').replaceAll("\\.java$", ""));
                }
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
