package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.s3.S3Server;
import io.retaillake.jobs.RetailJobs;
import io.retaillake.local.FaultyProxy.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jobs whose S3 refuses, dawdles, hangs up and goes away. They complete; or they fail with the code of an outside system, and
 * the same run again completes. Either way the tables are what they would have been. {@code -Dfaults.seed=} repeats a test.
 */
class S3FaultsIT {

    private static final double SHARE = 0.05;
    private static final int OUTSIDE_SYSTEM = 4;

    /** With the client's own settings a job that can't reach the server gives up after ten minutes and more. */
    private static final List<String> IMPATIENCE = List.of(
            "--conf",
            "spark.hadoop.fs.s3a.attempts.maximum=2",
            "--conf",
            "spark.hadoop.fs.s3a.retry.limit=1",
            "--conf",
            "spark.hadoop.fs.s3a.retry.interval=100ms");

    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());

    private final String run = "faults-" + UUID.randomUUID();

    @TempDir
    private Path folder;

    private S3Server server;
    private IntegrationSource source;
    private SecretWatch watch;
    private PipelineLake lake;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(Submission.S3_PROXY, folder);
        server.createBucket("lakes");
        source = new IntegrationSource(folder, "s3_faults_" + Integer.toHexString(run.hashCode())).fill(0.0005, 0.02);
        watch = new SecretWatch(source.passwords());
        lake = new PipelineLake("s3://lakes/retail", Optional.of(folder.resolve("tables.db")));
    }

    @AfterEach
    void stop() {
        server.close();
        TemporaryFolder.deleteTree(
                Submission.PROJECT.workFolder().resolve("logs").resolve(run));
    }

    @Test
    void anExtractLandsWholeAlthoughOneRequestInTenIsRefused() throws Exception {
        try (FaultyProxy proxy = FaultyProxy.start(server.port(), Fault.REFUSED, 2 * SHARE, SEED)) {
            List<String> arguments = new ArrayList<>(lake.options());
            arguments.addAll(source.readerOptions());
            Submission.Ended ended = through(proxy).submit(RetailJobs.EXTRACT_PURCHASES, arguments);

            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(proxy.faults())
                    .as("faults in %d requests", proxy.requests())
                    .isPositive();
        }
        List<String> rows = direct().query(
                        lake,
                        "SELECT concat_ws('|', count(*), count(distinct receipt_no)) AS line FROM bronze.purchase");
        assertThat(rows).isEqualTo(source.lines("SELECT count(*), count(distinct receipt_no) FROM {s}.purchase"));
    }

    @Tag("faults")
    @ParameterizedTest
    @EnumSource(Fault.class)
    void thePipelineHoldsUnderFaults(Fault fault) throws Exception {
        Submission.Ended ended;
        try (FaultyProxy proxy = FaultyProxy.start(server.port(), fault, SHARE, SEED)) {
            ended = through(proxy).pipeline(arguments());
            System.out.printf(
                    "%s: %d of %d requests spoilt, exit code %d%n",
                    fault, proxy.faults(), proxy.requests(), ended.exitCode());
            assertThat(proxy.faults()).isPositive();
        }
        requireCompleteOrRepeatable(ended);
    }

    @Tag("faults")
    @Test
    void thePipelineHoldsWhileTheServerIsRestarted() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Integer> restarts = CompletableFuture.supplyAsync(() -> restartUntil(ended));

        Submission.Ended pipeline = direct().pipeline(arguments());
        ended.set(true);

        System.out.printf("%d restarts, exit code %d%n", restarts.get(), pipeline.exitCode());
        assertThat(restarts.get()).isPositive();
        requireCompleteOrRepeatable(pipeline);
    }

    @Tag("faults")
    @Test
    void saysThatTheServerIsGoneAndCompletesWhenItIsBack() throws Exception {
        List<String> impatient = arguments();
        impatient.addAll(IMPATIENCE);
        Submission.Running running = direct().start(direct().pipelineCommand(impatient), "");
        Path data = server.bucket("lakes").resolve("retail/data/factdata/bronze/purchase/data");
        while (Files.notExists(data)) {
            assertThat(running.process().waitFor(10, TimeUnit.MILLISECONDS))
                    .as(Files.readString(running.err()))
                    .isFalse();
        }
        server.stop();
        Submission.Ended ended = running.ended();
        server.startAgain();

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(ended.message())
                .contains("could not reach S3", "Connection refused", "AWS_ENDPOINT_URL_S3", "--run-id " + run);
        requireCompleteOrRepeatable(ended);
    }

    private int restartUntil(AtomicBoolean ended) {
        int restarts = 0;
        try {
            while (!ended.get()) {
                Thread.sleep(7000);
                server.stop();
                Thread.sleep(2000);
                server.startAgain();
                restarts++;
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return restarts;
    }

    private void requireCompleteOrRepeatable(Submission.Ended first) throws Exception {
        if (first.exitCode() != 0) {
            assertThat(first.exitCode()).as(first.err()).isEqualTo(OUTSIDE_SYSTEM);
            assertThat(first.message()).as(first.err()).isNotEmpty();
            Submission.Ended again = direct().pipeline(arguments());
            assertThat(again.exitCode()).as(again.err()).isZero();
        }
        List<String> lines =
                direct().query(lake, BronzeRows.inLake() + "\nUNION ALL\n" + SalesFigures.inLake(SalesFigures.marts()));
        Rows.assertEqual(
                "bronze",
                lines.stream().filter(line -> !line.startsWith("{")).toList(),
                BronzeRows.expected(source, "{s}.purchase"));
        Rows.assertEqual(
                "gold",
                lines.stream().filter(line -> line.startsWith("{")).toList(),
                SalesFigures.expected(source, "{s}.purchase", SalesFigures.marts()));
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(lake.options());
        arguments.addAll(List.of("--run-id", run, "--cores", "2", "--memory", "1g"));
        arguments.addAll(
                List.of("--conf", "spark.hadoop.fs.s3a.connection.timeout=" + FaultyProxy.SHORT_TIMEOUT_MILLIS));
        arguments.addAll(source.readerOptions());
        return arguments;
    }

    private Submission direct() {
        return submission(server.url());
    }

    private Submission through(FaultyProxy proxy) {
        return submission(proxy.url());
    }

    private Submission submission(String url) {
        return new Submission(folder, watch, "local[2,4]").withEnvironment(server.environment(url));
    }
}
