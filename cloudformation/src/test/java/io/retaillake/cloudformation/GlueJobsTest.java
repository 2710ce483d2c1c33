package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
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
        assertThat(jobs.values().stream().map(job -> GlueRun.argument(job, "--class")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void callsEachJobAsItsClass() {
        jobs.forEach((id, job) -> {
            assertThat(GlueRun.argument(job, "--class")).endsWith("." + id);
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
                                    () -> JobMain.check(GlueRun.newJob(job), GlueRun.arguments(job, Map.of())))
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
                assertThatCode(() -> JobMain.check(GlueRun.newJob(job), GlueRun.arguments(job, passed)))
                        .as(id + " " + passed)
                        .doesNotThrowAnyException();
            }
        });
    }

    @Test
    void acceptsFlagsAsGlueHandsThemOver() {
        JsonNode extract = jobs.get("ExtractPurchases");
        assertThatCode(() ->
                        JobMain.check(GlueRun.newJob(extract), GlueRun.arguments(extract, Map.of("--dry-run", "true"))))
                .doesNotThrowAnyException();
    }

    @Test
    void fillsTheSourceByTheJobThatPreparesIt() {
        JsonNode prepare = jobs.get("PrepareSource");
        assertThatCode(() -> JobMain.check(
                        new FillSource(),
                        GlueRun.arguments(
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
            assertThat(GlueRun.argument(job, "--datalake-formats")).as(id).isEqualTo("iceberg");
            assertThat(GlueRun.argument(job, "--conf"))
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
                assertThat(GlueRun.argument(job, "--read-parallelism"))
                        .isEqualTo(Integer.toString(Math.min(2 * executorCores, 64)));
                assertThat(GlueRun.argument(job, "--conf"))
                        .endsWith("spark.sql.shuffle.partitions=" + 4 * executorCores);
            }
        });
    }

    @Test
    void putsOnlyTheJobsThatReadTheSourceIntoItsNetwork() {
        jobs.forEach((id, job) -> assertThat(job.has("Connections"))
                .as(id)
                .isEqualTo(job.path("DefaultArguments").has("--secret")));
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
