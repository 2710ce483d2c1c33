package io.retaillake.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files and whole directories of them. */
final class Directories {

    private Directories() {}

    /** Deletes the directory, if it exists, and all that is in it, without following links. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    /** Copies the directory and all that is in it, permissions too, to where there is nothing yet. */
    static void copy(Path directory, Path target) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.toList();
        }
        for (Path path : paths) {
            Files.copy(path, target.resolve(directory.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Writes a file that nobody but its owner can read, in place of what is there. */
    static void writeOwnersFile(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }
}
