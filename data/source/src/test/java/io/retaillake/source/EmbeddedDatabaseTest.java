package io.retaillake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

    @TempDir
    Path directory;

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> TestDatabase.SERVER.connect("postgres", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThat(TestDatabase.SERVER.toString()).doesNotContain(TestDatabase.SERVER.password());
    }

    @Test
    void findsItsDataOnTheSecondStart() throws SQLException, IOException {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(directory);
                Connection connection = first.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }

        try (EmbeddedDatabase second = EmbeddedDatabase.start(directory);
                Connection connection = second.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("TABLE kept")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(42);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void refusesADirectoryThatIsInUse() {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(directory)) {
            assertThat(first.port()).isPositive();
            assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("in use by another run");
        }
    }

    @Test
    void showsTheEndOfItsLogWhenItCannotStart() throws IOException {
        EmbeddedDatabase.start(directory).close();
        Files.writeString(directory.resolve("data/postgresql.conf"), "no_such_setting = 1\n");

        assertThatThrownBy(() -> EmbeddedDatabase.start(directory))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("did not start")
                .hasMessageContaining("no_such_setting");
    }

    @Test
    void stopsWhenItsJvmIsTerminated() throws IOException, InterruptedException {
        Process holder = startHolder();
        String url = holder.inputReader(StandardCharsets.UTF_8).readLine();

        holder.destroy();
        holder.waitFor();

        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "any"))
                .hasMessageContaining("refused");
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    @Timeout(300)
    void endsWhenItsJvmIsKilled() throws Exception {
        Process holder = startHolder();
        String url = holder.inputReader(StandardCharsets.UTF_8).readLine();
        ProcessHandle server = server();

        holder.destroyForcibly().waitFor();

        server.onExit().get();
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "any"))
                .hasMessageContaining("refused");
        assertThat(directory.resolve("data/postmaster.pid"))
                .as("of a server that wrote everything out")
                .doesNotExist();
    }

    private ProcessHandle server() throws IOException {
        String processId =
                Files.readAllLines(directory.resolve("data/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(processId)).orElseThrow();
    }

    @Test
    @Timeout(300)
    void initializesAgainWhatWasCutOff() throws Exception {
        Process holder = startHolder();
        while (!hasFile("initializing-*/PG_VERSION")) {
            assertThat(holder.isAlive()).isTrue();
            assertThat(directory.resolve("data"))
                    .as("initialized before it was seen to begin")
                    .doesNotExist();
            Thread.onSpinWait();
        }
        holder.destroyForcibly().waitFor();
        assertThat(directory.resolve("data")).doesNotExist();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            database.connect().close();
        }
    }

    private boolean hasFile(String pattern) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + directory + "/" + pattern);
        try (Stream<Path> files = Files.find(directory, 2, (file, attributes) -> matcher.matches(file))) {
            return files.findAny().isPresent();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Test
    void leavesAProcessAloneThatHasTheIdOfAServerThatDied() throws IOException, SQLException {
        EmbeddedDatabase.start(directory).close();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n");

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            database.connect().close();
        }
    }

    @Test
    void takesOverFromARunThatWasKilled() throws IOException, InterruptedException, SQLException {
        Process holder = startHolder();
        String url = holder.inputReader(StandardCharsets.UTF_8).readLine();
        holder.destroyForcibly().waitFor();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
            database.connect().close();
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", database.password()))
                    .hasMessageContaining("refused");
        }
    }

    /** Another JVM that starts a database in the directory, prints its URL and waits. */
    private Process startHolder() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws InterruptedException {
            EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(args[0]));
            System.out.println(
                    "jdbc:postgresql://" + database.host() + ":" + database.port() + "/" + database.database());
            new CountDownLatch(1).await();
        }
    }

    @Test
    void stopsAndDeletesATemporaryDatabase() throws SQLException {
        EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
        String url = "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + database.database();
        Path where = Path.of(database.toString().substring(database.toString().lastIndexOf(' ') + 1));
        assertThat(where).exists();

        database.close();

        assertThat(where).doesNotExist();
        assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", database.password()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("refused");
    }
}
