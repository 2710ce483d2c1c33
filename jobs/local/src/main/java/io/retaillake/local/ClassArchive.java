package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes that Spark loads, as the JVM keeps them in memory. With it a job starts in about 5 s less of processor time.
 * The first process on a machine that begins with an extraction writes it (130 MB) when it ends.
 *
 * @param file where it is, named after the JVM and the jars that it is valid for
 * @param unfinished where the JVM writes it; only a complete one may be used
 */
record ClassArchive(Path file, Path unfinished) {

    /** Begins the processes that write it: it reads, computes and writes tables, so that most classes are loaded. */
    private static final JobDefinition WRITER = RetailJobs.EXTRACT_DIMENSIONS;

    private static final String WRITE_OPTION = "-XX:ArchiveClassesAtExit=";
    private static final String PREFIX = "spark-classes-";
    private static final int KEY_BYTES = 8;

    /** The archive for this JVM and the jars in {@code jars}. */
    static ClassArchive of(Path jars, Path workFolder, Path temporaryFolder) {
        return new ClassArchive(
                workFolder.resolve(PREFIX + key(jars) + ".jsa"), temporaryFolder.resolve("spark-classes.jsa"));
    }

    /** The JVM's options for a process that begins with {@code first}: to use the archive, or to write it. */
    List<String> options(JobDefinition first) {
        // The JVM would report on standard output what it does not archive.
        if (Files.exists(file)) {
            return List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + file);
        }
        return first.equals(WRITER) ? List.of("-Xlog:disable", WRITE_OPTION + unfinished) : List.of();
    }

    /** Whether a process with this command line writes an archive when it ends, which takes half a minute of no job's time. */
    static boolean isWrittenBy(List<String> command) {
        return command.stream().anyMatch(word -> word.startsWith(WRITE_OPTION));
    }

    /** Puts what a process has written, once it has ended well, in place of older archives. */
    void keep() {
        if (!Files.exists(unfinished)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            try (Stream<Path> all = Files.list(file.getParent())) {
                for (Path old : all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                        .toList()) {
                    Files.deleteIfExists(old);
                }
            }
            // The two may lie on different disks, from one to the other of which nothing moves in one step.
            Path beside = file.resolveSibling(unfinished.getFileName());
            Files.move(unfinished, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(Path jars) {
        try (Stream<Path> all = Files.list(jars)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
            for (Path jar : all.sorted().toList()) {
                String identity = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
                digest.update(identity.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
