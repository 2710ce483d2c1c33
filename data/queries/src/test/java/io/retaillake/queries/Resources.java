package io.retaillake.queries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tests' own SQL. */
final class Resources {

    private static final Path FOLDER = Path.of("src", "test", "resources");

    private Resources() {}

    /** A file below the tests' resources. */
    static Path file(String name) {
        return FOLDER.resolve(name);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
