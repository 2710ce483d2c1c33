package io.retaillake.common.metrics;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where metrics go, a line each: standard output or a file that lines are added to. */
public final class MetricsFile implements AutoCloseable {

    private static final String STANDARD_OUTPUT = "-";
    private static final String ALLOWED = "a file in a folder that is there, or - for standard output";

    private final PrintStream out;
    private final boolean isFile;

    private MetricsFile(PrintStream out, boolean isFile) {
        this.out = out;
        this.isFile = isFile;
    }

    /** Adds to {@code problems} what would stop {@link #open}, as far as that can be told without making the file. */
    public static void check(String file, Problems problems) {
        if (file == null || file.equals(STANDARD_OUTPUT)) {
            return;
        }
        Path path = Path.of(file).toAbsolutePath();
        boolean isThere = Files.exists(path);
        if (isThere ? Files.isDirectory(path) || !Files.isWritable(path) : !Files.isWritable(path.getParent())) {
            problems.add("--metrics is '" + file + "', which can't be written; allowed: " + ALLOWED);
        }
    }

    /**
     * Opens it.
     *
     * @param file a path, {@code -} for standard output, or null for nowhere
     * @throws JobException exit code 2 if the file can't be written
     */
    public static MetricsFile open(String file) {
        if (file == null) {
            return new MetricsFile(null, false);
        }
        if (file.equals(STANDARD_OUTPUT)) {
            return new MetricsFile(System.out, false);
        }
        try {
            return new MetricsFile(
                    new PrintStream(
                            Files.newOutputStream(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                            true,
                            StandardCharsets.UTF_8),
                    true);
        } catch (IOException e) {
            throw JobException.badArguments("--metrics is '" + file + "', which can't be written: " + e.getMessage()
                    + "\nAllowed: " + ALLOWED + ".");
        }
    }

    /** Whether they go anywhere. */
    public boolean isWanted() {
        return out != null;
    }

    /** Adds a line. */
    public void write(String line) {
        out.println(line);
    }

    @Override
    public void close() {
        if (isFile) {
            out.close();
        }
    }
}
