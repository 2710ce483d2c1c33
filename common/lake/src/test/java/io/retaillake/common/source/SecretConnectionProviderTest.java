package io.retaillake.common.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.JobException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.Map;

class SecretConnectionProviderTest {

    @TempDir
    private Path folder;

    @Test
    void leavesNoConnectionOpenThatItCouldNotSetUp() throws Exception {
        try (ScriptedServer server = new ScriptedServer("17.0", "lock_timeout")) {
            Map<String, String> options = options(server.port());

            assertThatThrownBy(() -> new SecretConnectionProvider().getConnection(null, options))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("permission denied to set parameter");

            server.awaitEndOfConnection();
        }
    }

    @SuppressWarnings("unchecked") // Scala 2.13 says less of the type to Java
    private Map<String, String> options(int port) throws Exception {
        Path secret = Files.writeString(
                folder.resolve("secret.json"),
                "{\"username\": \"u\", \"password\": \"p\", \"host\": \"127.0.0.1\", \"port\": " + port
                        + ", \"dbname\": \"d\"}");
        SourceSettings settings =
                new SourceSettings("file:" + secret, null, null, null, "retail", SslMode.DISABLE, null, null, null, 10);
        Map<String, String> options = new HashMap<>();
        for (var option : settings.toOptions().entrySet()) {
            options = options.updated(option.getKey(), option.getValue());
        }
        return options;
    }
}
