package io.retaillake.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What makes a copy of a server's data a standby of it. */
final class Standby {

    private Standby() {}

    /**
     * Makes the copy in {@code directory} one that follows {@code primary}, and returns the settings to start it with. The
     * password is in a file of its own: settings are seen in the list of processes.
     */
    static Map<String, String> prepare(Path directory, EmbeddedDatabase primary, Map<String, String> primarySettings)
            throws IOException {
        Path passwords = directory.resolve("passwords");
        Directories.writeOwnersFile(passwords, "*:*:*:" + primary.username() + ":" + primary.password());
        Files.createFile(directory.resolve("data").resolve("standby.signal"));
        Map<String, String> settings = new TreeMap<>(primarySettings);
        settings.put(
                "primary_conninfo",
                "host=" + primary.host() + " port=" + primary.port() + " user=" + primary.username() + " passfile='"
                        + passwords + "'");
        return settings;
    }
}
