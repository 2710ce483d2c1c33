package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that work on the same tables from the same beginning: commits are held back until both have begun. One
 * publishes, the other says who did and succeeds when it is repeated, and nothing that either published is lost.
 */
class ConcurrentRunsIT {

    private static final int OUTSIDE_SYSTEM = 4;
    private static final int INTERVAL_MILLIS = 20;

    @TempDir
    private Path folder;

    private Path lake;
    private IntegrationSource source;
    private Submission submission;

    /** How two runs ended that went on at once, and which is which. */
    private record Race(List<Submission.Ended> ended, List<List<String>> arguments) {

        int loserIndex() {
            return ended.get(0).exitCode() == 0 ? 1 : 0;
        }

        String winnerRun() {
            List<String> winner = arguments.get(1 - loserIndex());
            return winner.get(winner.indexOf("--run-id") + 1);
        }
    }

    @BeforeEach
    void extractDimensions() throws Exception {
        lake = folder.resolve("lake");
        source = new IntegrationSource(
                        folder,
                        "concurrent" + Integer.toHexString(folder.toString().hashCode()))
                .fill(0.001, 0.02);
        submission = new Submission(
                folder, new SecretWatch(source.passwords()), "local[2,4]", "spark.sql.shuffle.partitions=2");
        succeed(RetailJobs.EXTRACT_DIMENSIONS, arguments(RetailJobs.EXTRACT_DIMENSIONS, "base"));
    }

    @Test
    void overlappingExtractionsLoseNothingOfEachOther() throws Exception {
        LakeObserver reader = LakeObserver.of(lake);
        Race race = race(
                RetailJobs.EXTRACT_PURCHASES,
                "step=\"total",
                arguments(RetailJobs.EXTRACT_PURCHASES, "winter", "--from", "2014-01", "--to", "2014-03"),
                arguments(RetailJobs.EXTRACT_PURCHASES, "spring", "--from", "2014-03", "--to", "2014-05"));

        assertLoserNamesWinner(race, "bronze.purchase");
        succeed(RetailJobs.EXTRACT_PURCHASES, race.arguments().get(race.loserIndex()));
        List<String> lines = submission.query(lake, BronzeRows.inLake() + "\nUNION ALL\n" + LakeContent.successes());
        Rows.assertEqual(
                "bronze",
                lines.stream().filter(line -> !line.startsWith("ops.")).toList(),
                BronzeRows.expected(
                        source,
                        "(SELECT * FROM {s}.purchase WHERE (purchase_date ~ '^[0-9]{4}(0[1-9]|1[0-2])'"
                                + " AND left(purchase_date, 4) <> '0000'"
                                + " AND left(purchase_date, 6) NOT BETWEEN '201401' AND '201405') IS NOT TRUE)"));
        assertThat(lines.stream().filter(line -> line.startsWith("ops.")))
                .containsExactlyInAnyOrder(
                        "ops.job_runs base ExtractDimensions",
                        "ops.job_runs winter ExtractPurchases",
                        "ops.job_runs spring ExtractPurchases");
        assertThat(reader.versions())
                .hasSize(3 + 2)
                .allSatisfy((version, problem) -> assertThat(problem).isEmpty());
    }

    @Tag("faults")
    @Test
    void theLoserOfThreeTablesLeavesAllThreeToTheWinner() throws Exception {
        succeed(RetailJobs.EXTRACT_PURCHASES, arguments(RetailJobs.EXTRACT_PURCHASES, "base"));

        Race race = race(
                RetailJobs.BUILD_PURCHASES,
                "step=\"check dimensions",
                arguments(RetailJobs.BUILD_PURCHASES, "one"),
                arguments(RetailJobs.BUILD_PURCHASES, "two"));

        assertLoserNamesWinner(race, "silver.regions");
        assertThat(CatalogFile.isPublished(lake, "silver.purchase_rejects", race.winnerRun()))
                .isTrue();
        succeed(RetailJobs.BUILD_PURCHASES, race.arguments().get(race.loserIndex()));
        assertSilverIsWhatTheSourceSays();
    }

    @Tag("faults")
    @Test
    void twoProcessesOfOneRunPublishItOnce() throws Exception {
        succeed(RetailJobs.EXTRACT_PURCHASES, arguments(RetailJobs.EXTRACT_PURCHASES, "base"));
        List<String> arguments = arguments(RetailJobs.BUILD_PURCHASES, "twin");

        Race race = race(RetailJobs.BUILD_PURCHASES, "step=\"check dimensions", arguments, arguments);

        assertThat(race.ended())
                .extracting(Submission.Ended::exitCode)
                .as(race.ended().toString())
                .isSubsetOf(0, OUTSIDE_SYSTEM)
                .contains(OUTSIDE_SYSTEM);
        succeed(RetailJobs.BUILD_PURCHASES, arguments);
        assertSilverIsWhatTheSourceSays();
        assertThat(submission.query(lake, LakeContent.successes()))
                .containsOnlyOnce("ops.job_runs twin BuildPurchases");
    }

    private Race race(JobDefinition job, String begun, List<String> one, List<String> other) throws Exception {
        List<Submission.Running> running = new ArrayList<>();
        try (Connection held = CatalogFile.holdCommits(lake)) {
            for (List<String> arguments : List.of(one, other)) {
                running.add(submission.start(submission.command(job, arguments), ""));
            }
            for (Submission.Running process : running) {
                while (!Files.readString(process.err()).contains(begun)) {
                    assertThat(process.process().waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS))
                            .as(Files.readString(process.err()))
                            .isFalse();
                }
            }
            assertThat(held.isClosed()).isFalse();
        }
        List<Submission.Ended> ended = new ArrayList<>();
        for (Submission.Running process : running) {
            ended.add(process.ended());
        }
        return new Race(ended, List.of(one, other));
    }

    private void succeed(JobDefinition job, List<String> arguments) throws IOException, InterruptedException {
        Submission.Ended ended = submission.submit(job, arguments);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
    }

    private List<String> arguments(JobDefinition job, String runId, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString(), "--run-id", runId));
        if (job.connects()) {
            arguments.addAll(source.readerOptions());
        }
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static void assertLoserNamesWinner(Race race, String table) {
        assertThat(race.ended())
                .extracting(Submission.Ended::exitCode)
                .as(race.ended().toString())
                .containsExactlyInAnyOrder(0, OUTSIDE_SYSTEM);
        Submission.Ended loser = race.ended().get(race.loserIndex());
        assertThat(loser.message())
                .contains(table + " was changed by run " + race.winnerRun())
                .contains("Repeat the run with the same --run-id");
        assertThat(loser.stackTrace()).isEmpty();
    }

    private void assertSilverIsWhatTheSourceSays() throws Exception {
        SalesFigures.collectValidPurchases(source, "{s}.purchase");
        Rows.assertEqual(
                "silver",
                submission.query(lake, SalesFigures.validPurchasesInLake()),
                SalesFigures.expectedValidPurchases(source));
    }
}
