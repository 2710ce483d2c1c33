package io.retaillake.common.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceConnectorTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"9.6.24", "10.23", "11.22 (Debian 11.22-1)"})
    void refusesAServerThatIsOlderThanTheJobsNeed(String version) throws Exception {
        try (ScriptedServer server = new ScriptedServer(version, "nothing")) {
            SourceConnector connector = connector(server.port());

            assertThatThrownBy(connector::connect)
                    .isInstanceOfSatisfying(
                            JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                    .hasMessageContaining("PostgreSQL " + version)
                    .hasMessageContaining("need PostgreSQL 12 or newer");

            server.awaitEndOfConnection();
        }
    }

    @Test
    void takesTheOldestServerThatTheJobsCanRead() throws Exception {
        try (ScriptedServer server = new ScriptedServer("12.0", "nothing");
                Connection connection = connector(server.port()).connect()) {
            assertThat(connection.isClosed()).isFalse();
        }
    }

    private SourceConnector connector(int port) throws Exception {
        Path secret = Files.writeString(
                folder.resolve("secret.json"),
                "{\"username\": \"u\", \"password\": \"p\", \"host\": \"127.0.0.1\", \"port\": " + port
                        + ", \"dbname\": \"d\"}");
        return new SourceConnector(new SourceSettings(
                "file:" + secret, null, null, null, "retail", SslMode.DISABLE, null, null, null, 10));
    }
}
