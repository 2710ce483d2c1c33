package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * This process's own folder for secrets, shuffle files and the like, named after the process id so that a later process can
 * tell what a killed one left.
 */
final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Makes the folder, readable by its owner only, below {@code workFolder}, and deletes those of processes that are gone. */
    static TemporaryFolder in(Path workFolder) {
        Path all = workFolder.resolve("tmp");
        try {
            Files.createDirectories(all);
            deleteLeftovers(all);
            Path own = all.resolve(Long.toString(ProcessHandle.current().pid()));
            deleteTree(own);
            Files.createDirectory(
                    own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return new TemporaryFolder(own);
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM,
                    "cannot write below " + all + ": " + e.getMessage() + ". Make the folder writable.",
                    e);
        }
    }

    Path path() {
        return path;
    }

    /** Deletes the folder; a file that vanishes meanwhile is no error. */
    @Override
    public void close() {
        deleteTree(path);
    }

    private static void deleteLeftovers(Path all) throws IOException {
        try (Stream<Path> folders = Files.list(all)) {
            folders.filter(folder -> !isOfRunningProcess(folder)).forEach(TemporaryFolder::deleteTree);
        }
    }

    private static boolean isOfRunningProcess(Path folder) {
        String name = folder.getFileName().toString();
        return !name.matches("[0-9]{1,18}")
                || ProcessHandle.of(Long.parseLong(name)).isPresent();
    }

    static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            // Something else is deleting there too; the next process finishes it.
            return;
        }
        deepestFirst.stream().map(Path::toFile).forEach(File::delete);
    }
}
