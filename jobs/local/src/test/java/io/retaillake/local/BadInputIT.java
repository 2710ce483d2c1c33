package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who made a mistake, by real processes: one message, the right exit code, and unchanged tables. */
class BadInputIT {

    private static final int BAD_ARGUMENTS = 2;
    private static final int BAD_DATA = 3;
    private static final int OUTSIDE_SYSTEM = 4;

    @TempDir
    private static Path folder;

    private static Path lake;
    private static IntegrationSource source;
    private static SecretWatch watch;
    private static Submission submission;
    private static SortedMap<String, String> tables;

    @BeforeAll
    static void makeALakeWithDimensions() throws Exception {
        lake = folder.resolve("lake");
        source = new IntegrationSource(folder, "bad_input").fill(0.0005, 0);
        watch = new SecretWatch(source.passwords());
        submission = new Submission(folder, watch, "local[2,4]");
        Submission.Ended ended = submission.submit(RetailJobs.EXTRACT_DIMENSIONS, arguments(lake, source));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        tables = CatalogFile.dataSnapshots(lake);
        assertThat(tables).hasSize(3);
    }

    @AfterAll
    static void noPasswordWasSeenAnywhere() throws IOException {
        watch.inspectFiles(lake);
        assertThat(watch.leaks()).isEmpty();
    }

    @Test
    void namesEveryWrongOptionAtOnce() throws Exception {
        String message = refused(
                BAD_ARGUMENTS,
                RetailJobs.EXTRACT_PURCHASES,
                arguments(
                        lake,
                        source,
                        "--form",
                        "2015-01",
                        "--from",
                        "2015-03",
                        "--to",
                        "2015-01",
                        "--read-parallelism",
                        "many",
                        "--run-id",
                        "a b"));

        assertThat(message)
                .contains("unknown option --form; did you mean --from?")
                .contains("--from 2015-03 is after --to 2015-01")
                .contains("--read-parallelism")
                .contains("--run-id is 'a b'; allowed:")
                .contains("nothing was touched")
                .contains("--help");
    }

    @Test
    void saysThatTheDatabaseCantBeReached() throws Exception {
        String message =
                refused(OUTSIDE_SYSTEM, RetailJobs.EXTRACT_DIMENSIONS, arguments(lake, source, "--source-port", "1"));

        assertThat(message).contains("127.0.0.1:1").contains("Check host and port");
    }

    @Test
    void saysThatTheCredentialsAreWrong() throws Exception {
        Path secret = source.secretWithPassword(folder.resolve("wrong.json"), "never-the-password");
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString()));
        arguments.addAll(source.options(secret));

        Submission.Ended ended = submission.submit(RetailJobs.EXTRACT_DIMENSIONS, arguments);

        assertThat(ended.message()).contains("password authentication failed").contains("Check username and password");
        assertThat(ended.err() + ended.out()).doesNotContain("never-the-password");
        assertRefused(OUTSIDE_SYSTEM, ended);
    }

    @Test
    void namesWhatIsMissingInTheSecret() throws Exception {
        Path secret = Files.writeString(folder.resolve("incomplete.json"), "{\"username\": \"reader\"}");
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString(), "--dry-run"));
        arguments.addAll(source.options(secret));

        String message = refused(BAD_ARGUMENTS, RetailJobs.EXTRACT_PURCHASES, arguments);

        assertThat(message).contains("password is missing", "host is missing", "dbname is missing", "--source-host");
    }

    @Test
    void namesEveryMissingTableAndColumnAndChangedType() throws Exception {
        IntegrationSource other = new IntegrationSource(folder, "another_shape").create();
        other.execute(
                "DROP TABLE {s}.zipcode",
                "ALTER TABLE {s}.products_info RENAME COLUMN sub_category_desc TO description",
                "ALTER TABLE {s}.customer ALTER COLUMN age_group TYPE int USING 0");

        String message = refused(BAD_DATA, RetailJobs.EXTRACT_DIMENSIONS, arguments(lake, other));

        assertThat(message)
                .contains("zipcode: there is no such table")
                .contains("products_info.sub_category_desc: the column is missing")
                .contains("customer.age_group: the contract has character varying or text, the source has integer")
                .contains("Fix the source");
    }

    @Test
    void namesTheMissingPrivilege() throws Exception {
        IntegrationSource other = new IntegrationSource(folder, "unreadable").create();
        other.execute("REVOKE SELECT ON {s}.purchase FROM " + other.reader());

        String message = refused(OUTSIDE_SYSTEM, RetailJobs.EXTRACT_PURCHASES, arguments(lake, other, "--dry-run"));

        assertThat(message).contains("purchase").contains("Grant it USAGE on the schema and SELECT");
    }

    @Test
    void saysThatTheLakeCantBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        Submission.Ended ended = submission.submit(RetailJobs.EXTRACT_DIMENSIONS, arguments(file, source));

        assertRefused(OUTSIDE_SYSTEM, ended);
        assertThat(ended.message())
                .contains(file.toString())
                .contains("can't be written")
                .contains("--lake");
        assertThat(file).isEmptyFile();
    }

    @Test
    void saysThatTheCatalogCantBeRead() throws Exception {
        Path other = Files.createDirectory(folder.resolve("lake-without-catalog"));
        Files.writeString(other.resolve("catalog.db"), "This is no catalog, whatever its name says. ".repeat(100));

        Submission.Ended ended = submission.submit(RetailJobs.EXTRACT_DIMENSIONS, arguments(other, source));

        assertRefused(OUTSIDE_SYSTEM, ended);
        assertThat(ended.message()).contains("catalog.db").contains("--catalog-file");
    }

    @Test
    void saysWhatToRunFirst() throws Exception {
        String message = refused(BAD_ARGUMENTS, RetailJobs.BUILD_PURCHASES, List.of("--lake", lake.toString()));

        assertThat(message).contains("There is no bronze.purchase").contains("Run ExtractPurchases");
    }

    @Test
    void refusesALakeThatANewerVersionWrote() throws Exception {
        Path metadata = CatalogFile.metadataFiles(lake).get("bronze.customer");
        String asWritten = Files.readString(metadata);
        String ofTheFuture = asWritten.replaceAll("(\"retail-lake.layout-version\"\\s*:\\s*)\"1\"", "$1\"99\"");
        assertThat(ofTheFuture).isNotEqualTo(asWritten);
        Files.deleteIfExists(metadata.resolveSibling("." + metadata.getFileName() + ".crc"));
        Files.writeString(metadata, ofTheFuture);
        try {
            String message = refused(BAD_ARGUMENTS, RetailJobs.EXTRACT_DIMENSIONS, arguments(lake, source));

            assertThat(message).contains("newer version", "layout version 99", "newer job jar");
        } finally {
            Files.writeString(metadata, asWritten);
        }
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        Path data = Files.createDirectories(lake.resolve("data/factdata/bronze/purchase/data"));
        ProcessBuilder job = submission.command(RetailJobs.EXTRACT_PURCHASES, arguments(lake, source));
        // A file system of the job's own, which ends with it; the machine may not allow that.
        List<String> command = new ArrayList<>(List.of(
                "unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=100k tmpfs \"$0\" || exit 99; exec \"$@\""));
        command.add(data.toString());
        command.addAll(job.command());

        Submission.Ended ended = submission.run(job.command(command), "");

        assumeTrue(ended.exitCode() != 99, "no file system can be mounted here");
        assertRefused(OUTSIDE_SYSTEM, ended);
        assertThat(ended.message()).contains("No space left on device").contains("Free space");
    }

    /** The message of a job that ended with {@code exitCode} and changed nothing. */
    private static String refused(int exitCode, JobDefinition job, List<String> arguments) throws Exception {
        Submission.Ended ended = submission.submit(job, arguments);
        assertRefused(exitCode, ended);
        return ended.message();
    }

    private static void assertRefused(int exitCode, Submission.Ended ended) throws SQLException, IOException {
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
        assertThat(ended.message()).as(ended.err()).isNotEmpty();
        assertThat(ended.stackTrace()).as(ended.err()).isEmpty();
        assertThat(ended.out()).isEmpty();
        assertThat(CatalogFile.dataSnapshots(lake)).isEqualTo(tables);
    }

    private static List<String> arguments(Path lake, IntegrationSource source, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString()));
        arguments.addAll(source.readerOptions());
        arguments.addAll(List.of(more));
        return arguments;
    }
}
