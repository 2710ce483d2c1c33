package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Keeps a second pipeline off a lake. The operating system frees it when this process ends, however it ends. */
final class LakeLock implements AutoCloseable {

    private final FileChannel channel;

    private LakeLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Locks the lake, making its folder if there is none.
     *
     * @throws CommandException if the folder cannot be written, or another process holds the lock
     */
    static LakeLock of(PipelineLake lake) {
        Path file = lake.lockFile();
        try {
            Files.createDirectories(file.getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                String holder = read(channel);
                channel.close();
                throw new CommandException(
                        CommandException.OUTSIDE_SYSTEM,
                        "another pipeline is working on the lake " + lake + ": " + holder
                                + ". Wait for it, end it, or name another lake with --lake.");
            }
            write(
                    channel,
                    "process " + ProcessHandle.current().pid() + ", started "
                            + Instant.now().truncatedTo(ChronoUnit.SECONDS));
            return new LakeLock(channel);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    "the lake " + lake + " cannot be written: " + e.getMessage()
                            + " is a file. Name a folder with --lake.",
                    e);
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    "the lake " + lake + " cannot be written: " + e
                            + ". Make the folder writable or name another lake.",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate((int) channel.size());
        channel.read(text, 0);
        return new String(text.array(), StandardCharsets.UTF_8).strip();
    }

    private static void write(FileChannel channel, String text) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
        channel.force(false);
    }
}
