package io.retaillake.logs;

import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Objects as files below a folder. A file is written under another name, in {@code .partial} there, and gets its own by a hard link, which succeeds
 * for one only.
 */
public final class LocalLogStore implements LogStore {

    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path folder;
    private final Path partial;

    /** Makes the folder, if it isn't there, and removes what killed processes have left half-written an hour ago and longer. */
    public LocalLogStore(Path folder) {
        this.folder = folder;
        this.partial = folder.resolve(".partial");
        try {
            Files.createDirectories(partial);
            removeAbandoned();
        } catch (IOException e) {
            throw failure("can't be written to", e);
        }
    }

    private void removeAbandoned() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> files = Files.list(partial)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // Another process has removed it.
            return;
        }
    }

    @Override
    public boolean createNew(String name, byte[] bytes) {
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            return false;
        }
        Path written = partial.resolve(UUID.randomUUID().toString());
        try {
            try (FileChannel channel =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.createDirectories(file.getParent());
            Files.createLink(file, written);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw failure(name + " can't be written", e);
        } catch (UnsupportedOperationException e) {
            throw failure("is on a file system without hard links, which writing needs; choose another folder", e);
        } finally {
            remove(written);
        }
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failure(file + " can't be removed", e);
        }
    }

    @Override
    public Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(name + " can't be read", e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        List<String> names = new ArrayList<>();
        try {
            Files.walkFileTree(folder.resolve(prefix), new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    names.add(folder.relativize(file).toString());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    // Another process has removed it, or there is no such folder yet.
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw failure(prefix + " can't be listed", e);
        }
        names.sort(null);
        return names;
    }

    @Override
    public void delete(String name) {
        remove(folder.resolve(name));
    }

    private JobException failure(String what, Exception cause) {
        return JobException.outsideSystem(
                "In the folder " + folder + ": " + what + ": " + cause
                        + "\nCheck --logs, its permissions and the free space.",
                cause);
    }
}
