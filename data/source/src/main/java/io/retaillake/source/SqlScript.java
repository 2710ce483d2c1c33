package io.retaillake.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** SQL text: the scripts among this package's resources, and names quoted so that any text is safe as one. */
final class SqlScript {

    private SqlScript() {}

    /** The script with every {@code ${schema}} replaced by the quoted name. */
    static String read(String resource, String schema) {
        return text(resource).replace("${schema}", quoted(schema));
    }

    static String text(String resource) {
        try (InputStream in = SqlScript.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + resource + " is missing from the jar.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read the resource " + resource + ".", e);
        }
    }

    /** The name in double quotes, the ones inside doubled: what PostgreSQL reads as exactly this name. */
    static String quoted(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0 || name.getBytes(StandardCharsets.UTF_8).length > 63) {
            throw new SourceException("'" + name.replace("\0", "\\0")
                    + "' cannot name anything in PostgreSQL: a name has 1 to 63 bytes and no NUL.");
        }
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
