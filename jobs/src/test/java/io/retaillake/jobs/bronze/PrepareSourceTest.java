package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.source.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrepareSourceTest {

    private static final String READER_PASSWORD = UUID.randomUUID() + "'s \\ password";

    private static EmbeddedDatabase database;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startDatabase() {
        database = EmbeddedDatabase.startTemporary();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void writeSecrets() throws IOException {
        Files.writeString(
                folder.resolve("admin.json"),
                "{\"username\": \"" + database.username() + "\", \"password\": \"" + database.password()
                        + "\", \"host\": \"" + database.host() + "\", \"port\": " + database.port()
                        + ", \"dbname\": \"" + database.database() + "\"}");
        writeReaderSecret("prepared_reader", READER_PASSWORD);
    }

    @Test
    void letsTheReaderReadTheEmptyTables() throws Exception {
        prepare("empty");

        assertThat(asReader("SELECT count(*) FROM empty.purchase")).isEqualTo("0");
        assertThatThrownBy(() -> asReader("DELETE FROM empty.purchase RETURNING amount"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void changesThePasswordOfTheReaderThatExists() throws Exception {
        prepare("rotated");
        writeReaderSecret("prepared_reader", "rotated");

        prepare("rotated");

        database.connect("prepared_reader", "rotated").close();
    }

    @Test
    void refusesOneUserAsAdministratorAndReader() throws IOException {
        writeReaderSecret(database.username(), "other");

        assertThat(failure("same"))
                .hasMessageContaining("--reader-secret")
                .hasMessageContaining(database.username())
                .extracting(FailedJobException::exitCode)
                .isEqualTo(ExitCode.BAD_ARGUMENTS.code());
    }

    private void prepare(String schema, String... more) throws FailedJobException {
        JobMain.run(new PrepareSource(), options(schema, more));
    }

    private FailedJobException failure(String schema, String... more) {
        return catchThrowableOfType(FailedJobException.class, () -> prepare(schema, more));
    }

    private String[] options(String schema, String... more) {
        List<String> options = new ArrayList<>(List.of("--secret", "file:" + folder.resolve("admin.json")));
        options.addAll(List.of("--reader-secret", "file:" + folder.resolve("reader.json")));
        options.addAll(List.of("--source-schema", schema, "--ssl-mode", "disable"));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    private void writeReaderSecret(String user, String password) throws IOException {
        String escaped = password.replace("\\", "\\\\");
        Files.writeString(
                folder.resolve("reader.json"), "{\"username\": \"" + user + "\", \"password\": \"" + escaped + "\"}");
    }

    private static String asReader(String sql) throws SQLException {
        try (Connection connection = database.connect("prepared_reader", READER_PASSWORD);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
