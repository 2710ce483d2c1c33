package io.retaillake.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.source.EmbeddedDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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

class FillSourceTest {

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
    void fillsTheTablesThatTheReaderReads() throws Exception {
        fill("filled", "--scale", "0.0001", "--dirty-rate", "0.1");
        assertThat(asReader("SELECT count(*) FROM filled.purchase")).isEqualTo("3145");
    }

    @Test
    void refusesToFillTablesThatHoldRows() throws Exception {
        fill("twice", "--scale", "0.00001");

        FailedJobException failure = failure("twice", "--scale", "0.00001");

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS.code());
        assertThat(failure).hasMessageContaining("schema 'twice'").hasMessageContaining("customer");
        assertThat(asReader("SELECT count(*) FROM twice.purchase")).isEqualTo("286");
    }

    @Test
    void namesEveryBadOptionAtOnce() {
        assertThat(failure("bad", "--scale", "-1", "--dirty-rate", "2", "--load-parallelism", "0"))
                .hasMessageContaining("scale")
                .hasMessageContaining("dirty rate")
                .hasMessageContaining("--load-parallelism");
    }

    @Test
    void showsProgressAndNoPassword() throws Exception {
        PrintStream standardError = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            fill("shown", "--scale", "0.0001");
        } finally {
            System.setErr(standardError);
        }

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("adding purchase_pkey", "rows=2859")
                .doesNotContain(READER_PASSWORD, database.password());
    }

    private void fill(String schema, String... more) throws FailedJobException {
        JobMain.run(new FillSource(), options(schema, more));
    }

    private FailedJobException failure(String schema, String... more) {
        return catchThrowableOfType(FailedJobException.class, () -> fill(schema, more));
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
