package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.s3.S3Server;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole pipeline by real processes on a lake on S3, reached as a person would: by environment variables alone. */
@Tag("thorough")
class S3PipelineIT {

    private static final String BUCKET = "lakes";
    private static final String RUN = "s3-" + UUID.randomUUID();

    @TempDir
    private static Path folder;

    private static S3Server server;
    private static IntegrationSource source;
    private static PipelineLake lake;
    private static Submission submission;
    private static SecretWatch keys;
    private static Submission.Ended run;

    @BeforeAll
    static void runThePipeline() throws Exception {
        server = S3Server.start(Submission.S3_PROXY, folder);
        server.createBucket(BUCKET);
        source = new IntegrationSource(folder, "on_s3").fill(0.0005, 0.02);
        keys = new SecretWatch(List.of(server.secretKey()));
        submission = new Submission(folder, new SecretWatch(source.passwords()), "local[2,4]")
                .withEnvironment(server.environment(server.url()));
        lake = new PipelineLake("s3://" + BUCKET + "/retail", Optional.of(folder.resolve("catalog/tables.db")));
        List<String> arguments = new ArrayList<>(lake.options());
        arguments.addAll(List.of("--run-id", RUN, "--cores", "2", "--memory", "1g"));
        arguments.addAll(source.readerOptions());
        run = submission.pipeline(arguments);
    }

    @AfterAll
    static void stop() {
        TemporaryFolder.deleteTree(logs());
        server.close();
    }

    @Test
    void everyMartIsWhatPostgresqlComputesFromTheSource() throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        Rows.assertEqual(
                "gold",
                submission.query(lake, SalesFigures.inLake(SalesFigures.marts())),
                SalesFigures.expected(source, "{s}.purchase", SalesFigures.marts()));
        assertThat(run.out())
                .contains("bin/sql --lake s3://lakes/retail --catalog-file "
                        + lake.catalogFile().orElseThrow());
    }

    @Test
    void everyTableLiesWhereTheBucketsLayoutSaysAndNamesOnlyS3() throws IOException {
        List<Path> metadata = files(server.bucket(BUCKET), ".metadata.json");
        assertThat(metadata)
                .extracting(file -> server.bucket(BUCKET).relativize(file).toString())
                .anyMatch(name -> name.startsWith("retail/data/dimension/customer/metadata/"))
                .anyMatch(name -> name.startsWith("retail/data/factdata/gold/sales_by_customer/metadata/"));
        assertThat(server.bucket(BUCKET).resolve("retail/data/factdata/gold/report/latest.html"))
                .content()
                .contains(RUN);
        for (Path file : files(server.bucket(BUCKET), "")) {
            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain("s3a://");
        }
        assertThat(Files.readString(metadata.get(0))).contains("s3://lakes/retail/data/");
    }

    @Test
    void theSecretKeyIsNotLeftAnywhere() throws IOException {
        keys.inspectFiles(server.bucket(BUCKET));
        keys.inspectFiles(logs());
        keys.inspect(run.out() + run.err(), "what it printed");
        assertThat(keys.leaks()).isEmpty();
    }

    @Test
    void aMissingBucketIsNamed() throws Exception {
        Submission.Ended ended = query("s3://no-such-bucket/retail");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
        assertThat(ended.message()).contains("s3://no-such-bucket/retail can't be reached", "There is no such bucket");
    }

    @Test
    void aMissingBucketIsNamedWhereTheLakeIsItsRoot() throws Exception {
        Submission.Ended ended = query("s3://no-such-bucket");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(4);
        assertThat(ended.message()).contains("s3://no-such-bucket can't be reached", "There is no such bucket");
    }

    private static Submission.Ended query(String location) throws Exception {
        List<String> arguments = new ArrayList<>(new PipelineLake(location, lake.catalogFile()).options());
        arguments.add("SELECT 1");
        return submission.submit(RetailJobs.SQL, arguments);
    }

    private static Path logs() {
        return Submission.PROJECT.workFolder().resolve("logs").resolve(RUN);
    }

    private static List<Path> files(Path below, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(ending))
                    .toList();
        }
    }
}
