package io.retaillake.common.command;

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
public final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder, readable by its owner only, below {@code workFolder}, and deletes those of processes that are gone. Where this user
     * may not write there, it is below the machine's folder for temporary files.
     */
    public static TemporaryFolder in(Path workFolder) {
        Path wanted = workFolder.resolve("tmp");
        Path all = isClosed(wanted)
                ? Path.of(System.getProperty("java.io.tmpdir"), "retail-lakehouse-" + System.getProperty("user.name"))
                : wanted;
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

    private static boolean isClosed(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there == null || !Files.isWritable(there);
    }

    /** The folder. */
    public Path path() {
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

    /** Deletes a folder and what is in it, as far as that is possible; one that is not there is no error. */
    public static void deleteTree(Path folder) {
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
