package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A contestant's process that has ended.
 *
 * @param processId the process's
 * @param seconds from its start to its end
 * @param steps what it said of its steps
 * @param standardOutput what it printed
 */
record StepProcess(long processId, double seconds, List<StepLine> steps, String standardOutput) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int LAST_LINES = 10;

    StepProcess {
        steps = List.copyOf(steps);
    }

    /**
     * Runs a process to its end; if this thread is interrupted, or this JVM ends, so does it.
     *
     * @param log gets what it says of itself
     * @throws CommandException if it fails, with the end of what it said
     */
    static StepProcess run(ProcessBuilder builder, Path log) throws InterruptedException {
        List<StepLine> steps = new ArrayList<>();
        Deque<String> lastLines = new ArrayDeque<>();
        long startedNanos = System.nanoTime();
        try (PrintWriter logWriter = open(log)) {
            Process process = builder.start();
            Thread end = new Thread(process::destroyForcibly, "end of a step");
            Runtime.getRuntime().addShutdownHook(end);
            try {
                process.getOutputStream().close();
                StringBuilder output = new StringBuilder();
                Thread reader = new Thread(() -> read(process, output), "output of a step");
                reader.start();
                for (String line : (Iterable<String>)
                        process.errorReader(StandardCharsets.UTF_8).lines()::iterator) {
                    logWriter.println(line);
                    logWriter.flush();
                    StepLine.parse(line).ifPresent(steps::add);
                    lastLines.add(line);
                    if (lastLines.size() > LAST_LINES) {
                        lastLines.remove();
                    }
                }
                int exitCode = process.waitFor();
                reader.join();
                if (exitCode != 0) {
                    throw new CommandException(
                            CommandException.OUTSIDE_SYSTEM,
                            "a contestant's process ended with exit code " + exitCode + ":\n"
                                    + String.join("\n", lastLines) + "\nlog: " + log);
                }
                double seconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
                return new StepProcess(process.pid(), seconds, steps, output.toString());
            } finally {
                process.destroyForcibly();
                forget(end);
            }
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, "a contestant could not be started: " + e.getMessage(), e);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This JVM is ending already: the hook is running.
        }
    }

    private static PrintWriter open(Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        return new PrintWriter(Files.newBufferedWriter(
                log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    private static void read(Process process, StringBuilder output) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> output.append(line).append('\n'));
        } catch (IOException | UncheckedIOException e) {
            // It was ended while it printed.
            return;
        }
    }
}
