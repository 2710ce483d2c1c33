package io.retaillake.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The file from which a page of results can be made again: rows as CSV, and as comments between them what the rows were
 * measured on. Each line is in the file as soon as it is known, so that an interrupted benchmark loses none.
 */
final class ResultsFile {

    /** Begins a comment, which is a name and a text. */
    static final String COMMENT = "# ";

    /** Between a comment's name and its text. */
    static final String COLON = ": ";

    private final Path file;

    /** Begins the file anew. */
    ResultsFile(Path file, String header) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, header + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what the rows were measured on. */
    void describe(Map<String, String> facts) {
        facts.forEach((name, text) -> append(COMMENT + name + COLON + text));
    }

    /** Writes what was found when the contestants' tables were compared. */
    void compared(String finding) {
        append(COMMENT + Results.COMPARED + COLON + finding);
    }

    /** Writes a row. */
    synchronized void append(String line) {
        try {
            Files.writeString(file, line.replace("\n", " ") + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
