package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors killed while they write: their tasks are done again by others, and what they left is not published. */
@Tag("faults")
class KilledExecutorsIT {

    private static final int INTERVAL_MILLIS = 3;

    /** A task is tried four times. */
    private static final int KILLS = 2;

    @TempDir
    private Path folder;

    @AfterEach
    void removeExecutorsFiles() {
        TemporaryFolder.deleteTree(Submission.PROJECT.sparkHome().resolve("work"));
    }

    @Test
    void theJobsCompleteAndNothingIsMissingOrDoubled() throws Exception {
        Path lake = folder.resolve("lake");
        IntegrationSource source = new IntegrationSource(folder, "killed_executors").fill(0.01, 0.02);
        Submission submission = new Submission(folder, new SecretWatch(source.passwords()), "local-cluster[2,1,1024]");
        List<String> arguments = List.of("--lake", lake.toString(), "--run-id", "executors");
        List<String> extraction = new ArrayList<>(arguments);
        extraction.addAll(source.readerOptions());

        Submission.Ended dimensions = submission.submit(RetailJobs.EXTRACT_DIMENSIONS, extraction);
        Submission.Ended extracted = killExecutors(
                submission.start(submission.command(RetailJobs.EXTRACT_PURCHASES, extraction), ""),
                lake.resolve("data/factdata/bronze/purchase/data"));
        Submission.Ended built = killExecutors(
                submission.start(submission.command(RetailJobs.BUILD_PURCHASES, arguments), ""),
                lake.resolve("data/factdata/silver/purchases/data"));

        assertThat(List.of(dimensions, extracted, built))
                .allSatisfy(job -> assertThat(job.exitCode()).as(job.err()).isZero());
        SalesFigures.collectValidPurchases(source, "{s}.purchase");
        Submission local = new Submission(folder, new SecretWatch(List.of()), "local[2]");
        Rows.assertEqual("bronze", local.query(lake, BronzeRows.inLake()), BronzeRows.expected(source, "{s}.purchase"));
        Rows.assertEqual(
                "silver",
                local.query(lake, SalesFigures.validPurchasesInLake()),
                SalesFigures.expectedValidPurchases(source));
    }

    /** Kills an executor when the first files are there, and another when more have come. */
    private static Submission.Ended killExecutors(Submission.Running job, Path data) throws Exception {
        int kills = 0;
        long seen = 0;
        while (!job.process().waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
            long files = countFiles(data);
            if (kills < KILLS && files > seen) {
                kills += job.process()
                        .descendants()
                        .findAny()
                        .filter(ProcessHandle::destroyForcibly)
                        .map(killed -> 1)
                        .orElse(0);
                seen = files;
            }
        }
        assertThat(kills).as("executors killed").isPositive();
        return job.ended();
    }

    private static long countFiles(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
