package io.retaillake.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file with what AWS Secrets Manager would hold for a database; only its owner can read it. */
public final class SecretFile {

    private SecretFile() {}

    /** Writes the file, replacing one that is there. */
    public static void write(Path file, String username, String password, String host, int port, String database)
            throws IOException {
        String json = String.format(
                "{\"username\": %s, \"password\": %s, \"engine\": \"postgres\", \"host\": %s, \"port\": %d, \"dbname\": %s}%n",
                quoted(username), quoted(password), quoted(host), port, quoted(database));
        // Made with its mode before it has content, so that it is never readable by others.
        Path temporary = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "secret",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, json, StandardCharsets.UTF_8);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** As JSON; the embedded database's names and passwords hold no control characters. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
