package io.retaillake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
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
