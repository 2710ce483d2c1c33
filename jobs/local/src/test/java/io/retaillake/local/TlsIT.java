package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.tls.TestAuthority;
import io.retaillake.jobs.RetailJobs;
import io.retaillake.source.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that takes connections by TLS only, with a certificate for {@code localhost} from an authority of our own. */
class TlsIT {

    private static final int OUTSIDE_SYSTEM = 4;

    @TempDir
    private static Path folder;

    private static EmbeddedDatabase database;
    private static TestAuthority authority;
    private static IntegrationSource source;
    private static SecretWatch watch;

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedDatabase.startTemporary();
        authority = TestAuthority.create(folder, "authority");
        source = new IntegrationSource(folder, "by_tls", database).fill(0.0002, 0);
        watch = new SecretWatch(source.passwords());
        requireTls(authority.issue("server", "dns:localhost"));
    }

    private static void requireTls(List<Path> certificateAndKey) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET ssl_cert_file = '" + certificateAndKey.get(0) + "'");
            statement.execute("ALTER SYSTEM SET ssl_key_file = '" + certificateAndKey.get(1) + "'");
            statement.execute("ALTER SYSTEM SET ssl = on");
            try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
                row.next();
                Files.writeString(Path.of(row.getString(1)), "hostssl all all all scram-sha-256\n");
            }
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        TemporaryFolder.deleteTree(Submission.PROJECT.sparkHome().resolve("work"));
        assertThat(watch.leaks()).isEmpty();
    }

    @Test
    void driverAndExecutorsReadADatabaseWhoseAuthorityTheyAreTold() throws Exception {
        Submission cluster = new Submission(folder, watch, "local-cluster[1,1,1024]");
        Path lake = folder.resolve("lake");

        Submission.Ended ended = cluster.submit(
                RetailJobs.EXTRACT_DIMENSIONS,
                arguments(
                        lake,
                        "localhost",
                        "--ssl-root-cert",
                        authority.certificate().toString()));

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(CatalogFile.dataSnapshots(lake)).hasSize(3);
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws Exception {
        Path other = TestAuthority.create(folder, "other").certificate();

        assertThat(refused("localhost", "--ssl-root-cert", other.toString()))
                .contains("issued by an authority that is not in " + other, "--ssl-root-cert");
    }

    @Test
    void refusesACertificateForAnotherHost() throws Exception {
        assertThat(refused(
                        "127.0.0.1", "--ssl-root-cert", authority.certificate().toString()))
                .contains("genuine, but it is for another host than 127.0.0.1", "--source-host", "verify-ca");
    }

    @Test
    void refusesAnUnknownAuthorityWithAmazonsToo() throws Exception {
        assertThat(refused("localhost", "--ssl-root-cert", "rds")).contains("issued by an authority that is not in");
    }

    @Test
    void saysThatTheServerWantsTls() throws Exception {
        assertThat(refused("localhost", "--ssl-mode", "disable")).contains("only by TLS", "--ssl-mode verify-full");
    }

    private static String refused(String host, String... more) throws Exception {
        List<String> arguments = arguments(folder.resolve("no-lake"), host, more);
        arguments.add("--dry-run");
        Submission.Ended ended =
                new Submission(folder, watch, "local[1]").submit(RetailJobs.EXTRACT_PURCHASES, arguments);
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(ended.stackTrace()).isEmpty();
        return ended.message();
    }

    private static List<String> arguments(Path lake, String host, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake.toString(), "--source-host", host));
        arguments.addAll(List.of("--secret", "file:" + source.readerSecret(), "--source-schema", "by_tls"));
        arguments.addAll(List.of(more));
        return arguments;
    }
}
