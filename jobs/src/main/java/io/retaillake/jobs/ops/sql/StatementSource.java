package io.retaillake.jobs.ops.sql;

import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where statements come from. */
@FunctionalInterface
interface StatementSource {

    /** A person who types one after the other. */
    StatementSource TERMINAL = Optional::empty;

    /** All that there is until standard input ends. */
    StatementSource STANDARD_INPUT = () -> {
        try {
            return Optional.of(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    };

    /**
     * Their text; empty where a person types them one by one.
     *
     * @throws JobException exit code 2 for a file that can't be read
     */
    Optional<String> read();

    /** A text. */
    static StatementSource of(String text) {
        return () -> Optional.of(text);
    }

    /** A file on this machine. */
    static StatementSource of(Path file) {
        return () -> {
            try {
                return Optional.of(Files.readString(file));
            } catch (NoSuchFileException e) {
                throw JobException.badArguments("--file " + file + ": there is no such file in "
                        + Path.of("").toAbsolutePath() + ".");
            } catch (IOException e) {
                throw JobException.badArguments("--file " + file + " can't be read: " + e
                        + "\nName a file of statements in UTF-8 that this user may read.");
            }
        };
    }
}
