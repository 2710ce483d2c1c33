package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose tables are in the AWS Glue Data Catalog, by its protocol over HTTP. */
class GlueCatalogIT {

    private static final int OUTSIDE_SYSTEM = 4;

    @TempDir
    private static Path folder;

    private static GlueServer glue;
    private static IntegrationSource source;
    private static Submission submission;

    @BeforeAll
    static void start() throws Exception {
        glue = GlueServer.start();
        source = new IntegrationSource(folder, "in_glue").fill(0.0002, 0);
        submission = new Submission(folder, new SecretWatch(source.passwords()), "local[2,4]")
                .withEnvironment(glue.environment());
    }

    @AfterAll
    static void stop() {
        glue.close();
    }

    @Test
    void aJobWritesAndAnotherReadsAlthoughTheCatalogIsBusyAndOthersWriteToo() throws Exception {
        glue.conflict(3);
        glue.throttleEvery(9);
        List<String> arguments = arguments("dev_");
        arguments.addAll(source.readerOptions());

        Submission.Ended written = submission.submit(RetailJobs.EXTRACT_DIMENSIONS, arguments);

        assertThat(written.exitCode()).as(written.err()).isZero();
        glue.throttleEvery(Integer.MAX_VALUE);
        assertThat(glue.conflicts()).isEqualTo(3);
        assertThat(glue.throttled()).isPositive();
        assertThat(glue.tables())
                .containsOnlyKeys(
                        "dev_bronze.customer", "dev_bronze.products_info", "dev_bronze.zipcode", "dev_ops.job_runs")
                .allSatisfy((name, parameters) -> assertThat(parameters)
                        .containsEntry("table_type", "ICEBERG")
                        .containsKey("metadata_location"));

        List<String> query = arguments("dev_");
        query.addAll(List.of("--format", "csv", "SELECT count(*) FROM dev_bronze.customer"));
        Submission.Ended read = submission.submit(RetailJobs.SQL, query);

        assertThat(read.exitCode()).as(read.err()).isZero();
        assertThat(read.out().lines().skip(1).toList()).isEqualTo(source.lines("SELECT count(*) FROM {s}.customer"));
    }

    @Test
    void saysThatTheRoleMayNotUseTheCatalog() throws Exception {
        String why = "User: arn:aws:sts::123456789012:assumed-role/job/x is not authorized to perform: glue:GetTable";

        Submission.Ended ended = refused(RetailJobs.PREFLIGHT, "AccessDeniedException", why);

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(ended.out()).contains("ok       snapshot", "ok       lake", "problem  catalog", why);
    }

    @Test
    void saysThatTheCredentialsHaveExpired() throws Exception {
        Submission.Ended ended = refused(
                RetailJobs.EXTRACT_DIMENSIONS,
                "ExpiredTokenException",
                "The security token included in the request is expired");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(ended.message())
                .contains("The security token included in the request is expired", "Renew the AWS credentials");
        assertThat(ended.stackTrace()).isEmpty();
    }

    private static Submission.Ended refused(JobDefinition job, String type, String message) throws Exception {
        List<String> arguments = arguments("refused_");
        arguments.addAll(source.readerOptions());
        glue.refuse(type, message);
        try {
            return submission.submit(job, arguments);
        } finally {
            glue.refuse(null, null);
        }
    }

    private static List<String> arguments(String prefix) {
        return new ArrayList<>(List.of(
                "--lake",
                folder.resolve("lake-" + prefix).toString(),
                "--catalog",
                "glue",
                "--namespace-prefix",
                prefix));
    }
}
