package io.retaillake.common.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    @Test
    void saysThatAHostIsUnknown() throws Exception {
        assertThatThrownBy(connector("no-such-host.invalid", 5432, SslMode.VERIFY_FULL)::connect)
                .hasMessageContaining("The host name no-such-host.invalid is not known")
                .hasMessageNotContainingAny("attempt failed", "ssl");
    }

    @Test
    void saysThatNothingListens() throws Exception {
        assertThatThrownBy(connector("127.0.0.1", 1, SslMode.VERIFY_FULL)::connect)
                .hasMessageContaining("Nothing listens at 127.0.0.1:1")
                .hasMessageContaining("Check host and port")
                .hasMessageNotContainingAny("ssl", "authorities");
    }

    /** No connection goes to all machines of a network. */
    @Test
    void saysThatAnAddressCantBeReached() throws Exception {
        assertThatThrownBy(connector("255.255.255.255", 5432, SslMode.VERIFY_FULL)::connect)
                .hasMessageContaining("255.255.255.255:5432 can't be reached from this machine")
                .hasMessageNotContainingAny("refused", "ssl", "authorities");
    }

    @ParameterizedTest
    @EnumSource(names = {"DISABLE", "VERIFY_FULL"})
    void saysThatWhatListensIsNoPostgresql(SslMode mode) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
                try {
                    other.accept().close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThatThrownBy(connector("127.0.0.1", other.getLocalPort(), mode)::connect)
                    .hasMessageContaining("closed the connection before the login")
                    .hasMessageNotContainingAny("--ssl-root-cert", "attempt failed");
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    private SourceConnector connector(int port) throws Exception {
        return connector("127.0.0.1", port, SslMode.DISABLE);
    }

    private SourceConnector connector(String host, int port, SslMode mode) throws Exception {
        Path secret = Files.writeString(
                folder.resolve("secret.json"),
                "{\"username\": \"u\", \"password\": \"p\", \"host\": \"" + host + "\", \"port\": " + port
                        + ", \"dbname\": \"d\"}");
        return new SourceConnector(
                new SourceSettings("file:" + secret, null, null, null, "retail", mode, null, null, null));
    }
}
