package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same jar with executors in JVMs of their own, of a local cluster and of a master with two workers: what they need
 * reaches them, and the results are the same.
 */
@Tag("thorough")
class DistributedIT {

    private static final String LOCAL_CLUSTER = "local-cluster[2,1,1024]";
    private static final Pattern EXECUTOR = Pattern.compile("\"Executor ID\":\"([^\"]+)\"");

    @TempDir
    private static Path folder;

    private static Path lake;
    private static Path events;
    private static IntegrationSource source;
    private static SecretWatch watch;
    private static List<Submission.Ended> ended = new ArrayList<>();
    private static List<String> lines;

    @BeforeAll
    static void runJobsOnExecutorsOfTheirOwn() throws Exception {
        lake = folder.resolve("lake");
        events = Files.createDirectory(folder.resolve("events"));
        source = new IntegrationSource(folder, "distributed").fill(0.002, 0.02);
        watch = new SecretWatch(source.passwords());
        Submission localCluster = submission(LOCAL_CLUSTER);
        for (JobDefinition job :
                List.of(RetailJobs.EXTRACT_DIMENSIONS, RetailJobs.EXTRACT_PURCHASES, RetailJobs.BUILD_PURCHASES)) {
            ended.add(run(job, localCluster));
        }
        try (StandaloneCluster cluster = StandaloneCluster.start(folder, 2)) {
            ended.add(run(RetailJobs.SALES_BY_RESIDENCE, submission(cluster.url())));
        }
        lines = new Submission(folder, watch, "local[2,4]")
                .query(
                        lake,
                        BronzeRows.inLake() + "\nUNION ALL\n" + SalesFigures.inLake(List.of("sales_by_residence")));
    }

    private static Submission submission(String master) {
        return new Submission(
                folder, watch, master, "spark.eventLog.enabled=true", "spark.eventLog.dir=" + events.toUri());
    }

    private static Submission.Ended run(JobDefinition job, Submission submission) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString(), "--run-id", "distributed"));
        if (job.connects()) {
            arguments.addAll(source.readerOptions());
        }
        return submission.submit(job, arguments);
    }

    /** What the executors of a local cluster leave in the Spark home. */
    @AfterAll
    static void removeExecutorsFiles() {
        TemporaryFolder.deleteTree(Submission.PROJECT.sparkHome().resolve("work"));
    }

    @Test
    void everyJobSucceedsAndEndsQuietly() {
        assertThat(ended).allSatisfy(job -> {
            assertThat(job.exitCode()).as(job.err()).isZero();
            // A local cluster's master lives in the driver's process, and complains until its workers are there.
            assertThat(job.err().lines().filter(line -> !line.contains(" Master: ")))
                    .noneMatch(line -> line.contains(" ERROR ") || line.contains(" WARN "));
            assertThat(job.stackTrace()).isEmpty();
        });
    }

    @Test
    void theResultsAreThoseOfTheSource() throws Exception {
        Rows.assertEqual(
                "bronze",
                lines.stream().filter(line -> !line.startsWith("{")).toList(),
                BronzeRows.expected(source, "{s}.purchase"));
        Rows.assertEqual(
                "sales_by_residence",
                lines.stream().filter(line -> line.startsWith("{")).toList(),
                SalesFigures.expected(source, "{s}.purchase", List.of("sales_by_residence")));
    }

    @Test
    void allTasksRanOnTheExecutors() throws IOException {
        Set<String> executors = new TreeSet<>();
        try (Stream<Path> logs = Files.walk(events)) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                Files.readAllLines(log).stream()
                        .filter(line -> line.contains("\"SparkListenerTaskEnd\""))
                        .forEach(line -> {
                            Matcher executor = EXECUTOR.matcher(line);
                            assertThat(executor.find()).isTrue();
                            executors.add(executor.group(1));
                        });
            }
        }
        assertThat(executors).containsExactly("0", "1");
    }

    @Test
    void executorsFetchTheCredentialsThemselves() throws IOException {
        watch.inspectFiles(events);
        watch.inspectFiles(lake);
        assertThat(watch.leaks()).isEmpty();
        assertThat(watch.processCount())
                .as("four drivers, six executors that drivers started, a query")
                .isGreaterThanOrEqualTo(11);
    }
}
