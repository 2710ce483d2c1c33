package io.retaillake.common.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkClientException;

class JobMainTest {

    @Command(name = "SampleJob", description = "A job for tests.")
    private static final class SampleJob implements Job {

        @Mixin
        private RunOptions runOptions;

        @Option(names = "--rows")
        private int rows = 1;

        private JobArguments arguments;
        private RuntimeException failure;
        private Runnable body = () -> {};

        @Override
        public Work prepare(Problems problems) {
            if (rows < 0) {
                problems.add("--rows is " + rows + "; allowed: 0 and more");
            }
            JobArguments parsed = runOptions.arguments(problems);
            return progress -> {
                arguments = parsed;
                body.run();
                if (failure != null) {
                    throw failure;
                }
            };
        }
    }

    private final SampleJob job = new SampleJob();

    @Test
    void handsValidatedArgumentsToTheJob() throws FailedJobException {
        JobMain.run(
                job,
                "--lake",
                "s3://bucket/lake/",
                "--catalog",
                "glue",
                "--from",
                "2015-01",
                "--to",
                "2015-03",
                "--run-id",
                "monthly-2015-03");

        assertThat(job.arguments.lake().root()).isEqualTo("s3://bucket/lake");
        assertThat(job.arguments.window().sourceMonths()).containsExactly("201501", "201502", "201503");
        assertThat(job.arguments.runId()).isEqualTo("monthly-2015-03");
    }

    @Test
    void takesEverythingWhenNoMonthIsGiven() throws FailedJobException {
        JobMain.run(job, "--lake", "/tmp/lake");

        assertThat(job.arguments.window().isAll()).isTrue();
        assertThat(job.arguments.lake().root()).isEqualTo("file:///tmp/lake");
        assertThat(job.arguments.lake().catalogFile()).isEqualTo("/tmp/lake/catalog.db");
        assertThat(job.arguments.runId()).startsWith("manual-");
    }

    @Test
    void ignoresTheArgumentsThatGlueAdds() throws FailedJobException {
        JobMain.run(
                job,
                "--JOB_NAME",
                "x",
                "--JOB_RUN_ID",
                "jr_1",
                "--enable-metrics",
                "--TempDir",
                "s3://b/tmp",
                "--lake",
                "s3://bucket",
                "--catalog",
                "glue",
                "--job-bookmark-option",
                "job-bookmark-disable",
                "--enable-glue-datacatalog");

        assertThat(job.arguments.lake().root()).isEqualTo("s3://bucket");
    }

    @Test
    void reportsEveryProblemAtOnceByOptionName() {
        FailedJobException failure = fail(
                "--lake",
                "s3://bucket",
                "--form",
                "2015-01",
                "--to",
                "2015-13",
                "--rows",
                "-1",
                "--run-id",
                "a b",
                "--catalog",
                "hive");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure)
                .hasMessageContaining("nothing was touched")
                .hasMessageContaining("unknown option --form; did you mean --from?")
                .hasMessageContaining("--to is '2015-13'; give a month like 2015-03")
                .hasMessageContaining("--from and --to go together; only --to is given")
                .hasMessageContaining("--rows is -1")
                .hasMessageContaining("--run-id is 'a b'")
                .hasMessageContaining("--catalog is 'hive'; allowed: local, glue");
        assertThat(job.arguments).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--password hunter2",
                "--password=hunter2",
                "--password:hunter2",
                "--secrt {\"password\":\"hunter2\"}",
                "--secrt={\n\"password\":\"hunter2\"}",
                "--secrt { \"password\": hunter2 }",
                "--lake /tmp/lake hunter2",
                "--password -xhunter2",
                "-phunter2",
                "--{hunter2}"
            })
    void repeatsNoWordThatMayBeASecret(String arguments) {
        FailedJobException failure = fail(arguments.split(" "));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).message().doesNotContain("hunter2");
    }

    @Test
    void doesNotSpillTheFileThatAnArgumentNames(@TempDir Path folder) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.json"), "\"reader\" hunter2");

        FailedJobException failure = fail("--run-id", "@" + secret);

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure)
                .hasMessageContaining("--run-id is '@" + secret)
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void tellsTheOptionThatWasMeantHoweverItIsSpelt() {
        FailedJobException failure = fail("--lake", "/tmp/lake", "--RUN_ID", "x", "-from", "2015-01");

        assertThat(failure)
                .hasMessageContaining("unknown option --RUN_ID; did you mean --run-id?")
                .hasMessageContaining("unknown option -from; did you mean --from?");
    }

    @Test
    void refusesMonthsTheWrongWayRound() {
        FailedJobException failure = fail("--lake", "/tmp/lake", "--from", "2015-03", "--to", "2015-01");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("--from 2015-03 is after --to 2015-01");
    }

    @Test
    void asksForWhatIsRequired() {
        FailedJobException failure = fail("--rows", "many");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("--lake").hasMessageContaining("--rows");
    }

    @Test
    void asksForACatalogFileWhenALocalCatalogServesALakeOnS3() {
        assertThat(fail("--lake", "s3://bucket")).hasMessageContaining("--catalog-file is missing");
    }

    @Test
    void saysWhatIsWrongWithABucketsName() {
        assertThat(fail("--lake", "s3://my_bucket/x", "--catalog-file", "/tmp/c.db"))
                .hasMessageContainingAll("'my_bucket'", "no '_'")
                .message()
                .doesNotContain("names no bucket");
        assertThat(fail("--lake", "s3:///x", "--catalog-file", "/tmp/c.db")).hasMessageContaining("names no bucket");
    }

    @Test
    void endsWithTheExitCodeOfTheFailure() {
        job.failure = JobException.badData("3 rows are missing");

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessage("3 rows are missing");
    }

    @Test
    void findsTheReasonThatSparkHasWrapped() {
        job.failure = new IllegalStateException(
                "Job aborted", new RuntimeException(JobException.outsideSystem("The disk is full", null)));

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessage("The disk is full");
    }

    @Test
    void callsAnUnexpectedFailureADefect() {
        job.failure = new IllegalStateException("impossible");

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(failure).hasMessageContaining("IllegalStateException: impossible");
    }

    @Test
    void stopsTheSparkThatTheJobStarted(@TempDir Path folder) throws FailedJobException {
        LocalLakes.open(folder).spark().stop();
        AtomicReference<SparkSession> opened = new AtomicReference<>();
        job.body = () -> opened.set(LocalLakes.open(folder).spark());

        JobMain.run(job, "--lake", folder.toString());

        assertThat(opened.get().sparkContext().isStopped()).isTrue();
    }

    @Test
    void leavesTheSparkThatWasThere(@TempDir Path folder) {
        SparkSession spark = LocalLakes.open(folder).spark();
        job.failure = JobException.badData("3 rows are missing");

        assertThat(fail("--lake", folder.toString()).exitCode()).isEqualTo(3);

        assertThat(spark.sparkContext().isStopped()).isFalse();
    }

    @Test
    void saysThatADiskIsFullThoughHadoopCallsItAnError() {
        job.body = () -> {
            throw new Error(new IOException("No space left on device"));
        };

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("a disk is full").hasMessageContaining("Free space");
    }

    @Test
    void saysThatATaskRanOutOfMemory(@TempDir Path folder) {
        job.body = () -> JavaSparkContext.fromSparkContext(
                        LocalLakes.open(folder).spark().sparkContext())
                .parallelize(List.of(1), 1)
                .foreach(number -> {
                    throw new OutOfMemoryError("Java heap space");
                });

        FailedJobException failure = fail("--lake", folder.toString());

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageContaining("SampleJob ran out of memory: Java heap space")
                .hasMessageContaining("--memory");
    }

    @Test
    void saysThatExecutorsWereLostAndWhatTheirEndMeans() {
        job.failure = new IllegalStateException(new SparkException(
                "Job aborted due to stage failure: Task 3 in stage 5.0 failed 4 times, most recent failure: Lost task 3.3 in stage"
                        + " 5.0 (TID 18) (10.0.0.7 executor 9): ExecutorLostFailure (executor 9 exited caused by one of the"
                        + " running tasks) Reason: Command exited with code 137\nDriver stacktrace:"));

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageContaining("SampleJob lost executor 9: Command exited with code 137.")
                .hasMessageContaining("memory")
                .hasMessageContaining("spark.executor.memory")
                .message()
                .doesNotContain("Driver stacktrace");
    }

    @Test
    void refusesAHeapThatSparkRefuses() {
        job.failure =
                new IllegalArgumentException("System memory 94371840 must be at least 471859200. Please increase heap"
                        + " size using the --driver-memory option or spark.driver.memory in Spark configuration.");

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure)
                .hasMessageContaining("System memory 94371840 must be at least 471859200")
                .hasMessageContaining("512m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
    void saysThatADiskIsFullWhereAFileOfATableCanNotBeOpened(String reason) {
        job.failure = openingFails(reason);

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageContaining("a disk is full")
                .hasMessageContaining("Free space")
                .message()
                .doesNotContain("damaged", "backup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Read-only file system", "Input/output error", "Too many open files", "Permission denied"})
    void doesNotCallATableDamagedWhereTheStorageFails(String reason) {
        job.failure = openingFails(reason);

        FailedJobException failure = fail("--lake", "/tmp/lake");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure)
                .hasMessageContaining("could not read or write: FileNotFoundException: /tmp/lake/")
                .hasMessageContaining(reason)
                .message()
                .doesNotContain("damaged", "backup");
    }

    /** As Iceberg fails, which takes each of them for a file that is gone. */
    private static RuntimeException openingFails(String reason) {
        String file = "/tmp/lake/" + SilverTables.PURCHASES.folder() + "/data/x.parquet";
        return new NotFoundException(
                new FileNotFoundException(file + " (" + reason + ")"),
                "Failed to open input stream for file: %s",
                file);
    }

    @Test
    void tellsAServiceThatIsOutOfReachFromOneThatRefuses() {
        job.failure = new IllegalStateException(SdkClientException.create(
                "Unable to execute HTTP request", new ConnectException("Connection refused")));

        assertThat(fail("--lake", "/tmp/lake"))
                .hasMessageContaining("could not reach an AWS service: Unable to execute HTTP request")
                .hasMessageContaining("AWS_ENDPOINT_URL_S3");

        job.failure = SdkClientException.create("The security token included in the request is expired");

        assertThat(fail("--lake", "/tmp/lake"))
                .hasMessageContaining("was refused by an AWS service")
                .hasMessageContaining("Renew the AWS credentials");
    }

    private FailedJobException fail(String... arguments) {
        return catchThrowableOfType(FailedJobException.class, () -> JobMain.run(job, arguments));
    }
}
