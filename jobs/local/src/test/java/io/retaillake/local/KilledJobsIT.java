package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jobs whose process is killed at the moments that matter, and repeated with the same run id: readers see the old version
 * or the new one, and in the end nothing is missing, doubled or recorded twice.
 */
class KilledJobsIT {

    private static final int KILLED = 137;
    private static final String RUN = "killed";

    @TempDir
    private static Path folder;

    private static Path lake;
    private static IntegrationSource source;
    private static Submission submission;

    private static SortedMap<String, String> afterKillWhileWriting;
    private static SortedMap<String, String> afterKillBetweenTables;
    private static List<String> lines;

    @BeforeAll
    static void killAndRepeat() throws Exception {
        lake = folder.resolve("lake");
        source = new IntegrationSource(folder, "killed").fill(0.001, 0.02);
        submission = new Submission(
                folder, new SecretWatch(source.passwords()), "local[2,4]", "spark.sql.shuffle.partitions=2");
        succeed(RetailJobs.EXTRACT_DIMENSIONS);

        kill(RetailJobs.EXTRACT_PURCHASES, KilledJobsIT::hasDataFile);
        afterKillWhileWriting = CatalogFile.snapshots(lake);
        succeed(RetailJobs.EXTRACT_PURCHASES);

        killBeforeNextCommit(RetailJobs.BUILD_PURCHASES, "silver.regions");
        afterKillBetweenTables = CatalogFile.snapshots(lake);
        succeed(RetailJobs.BUILD_PURCHASES);

        killBeforeNextCommit(RetailJobs.SALES_BY_RESIDENCE, "gold.sales_by_residence");
        succeed(RetailJobs.SALES_BY_RESIDENCE);

        lines = submission.query(
                lake,
                String.join(
                        "\nUNION ALL\n",
                        BronzeRows.inLake(),
                        SalesFigures.inLake(List.of("sales_by_residence")),
                        SalesFigures.validPurchasesInLake(),
                        LakeContent.successes()));
    }

    private static boolean hasDataFile() throws IOException {
        Path data = lake.resolve("data/factdata/bronze/purchase/data");
        if (!Files.exists(data)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.anyMatch(file -> file.toString().endsWith(".avro"));
        }
    }

    /** Kills a job that has published {@code table} and is held back from committing anything more. */
    private static void killBeforeNextCommit(JobDefinition job, String table) throws Exception {
        List<Connection> held = new ArrayList<>();
        kill(job, () -> {
            if (held.isEmpty() && CatalogFile.isPublished(lake, table, RUN)) {
                held.add(CatalogFile.holdCommits(lake));
                return true;
            }
            return false;
        });
        for (Connection connection : held) {
            connection.close();
        }
    }

    private static void kill(JobDefinition job, Submission.Moment moment) throws Exception {
        Submission.Ended ended = submission.kill(job, arguments(job), moment);
        assertThat(ended.exitCode()).as("%s was killed: %s", job, ended.err()).isEqualTo(KILLED);
    }

    private static void succeed(JobDefinition job) throws IOException, InterruptedException {
        Submission.Ended ended = submission.submit(job, arguments(job));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    private static List<String> arguments(JobDefinition job) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString(), "--run-id", RUN));
        if (job.connects()) {
            arguments.addAll(source.readerOptions());
        }
        return arguments;
    }

    private static List<String> linesThat(Predicate<String> select) {
        return lines.stream().filter(select).toList();
    }

    @Test
    void aJobThatDiedWhileWritingChangedNothing() {
        assertThat(afterKillWhileWriting)
                .containsOnlyKeys("bronze.customer", "bronze.products_info", "bronze.zipcode", "ops.job_runs");
    }

    @Test
    void aJobThatDiedBetweenTwoTablesHasPublishedTheFirst() {
        assertThat(afterKillBetweenTables)
                .containsKey("silver.regions")
                .doesNotContainKeys("silver.purchases", "silver.purchase_rejects");
    }

    @Test
    void everyTableIsInTheEndWhatTheSourceSays() throws SQLException {
        Rows.assertEqual(
                "bronze",
                linesThat(line -> !line.startsWith("{") && !line.startsWith("ops.")),
                BronzeRows.expected(source, "{s}.purchase"));
        Rows.assertEqual(
                "gold",
                linesThat(line -> line.startsWith("{\"mart\"")),
                SalesFigures.expected(source, "{s}.purchase", List.of("sales_by_residence")));
        Rows.assertEqual(
                "silver",
                linesThat(line -> line.startsWith("{\"affiliate\"")),
                SalesFigures.expectedValidPurchases(source));
    }

    @Test
    void everyJobIsRecordedOnce() {
        assertThat(linesThat(line -> line.startsWith("ops.")))
                .containsExactlyInAnyOrder(
                        "ops.job_runs killed ExtractDimensions",
                        "ops.job_runs killed ExtractPurchases",
                        "ops.job_runs killed BuildPurchases",
                        "ops.job_runs killed SalesByResidence");
    }
}
