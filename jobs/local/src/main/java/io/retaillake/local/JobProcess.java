package io.retaillake.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A job's running process: its output goes to a log, what the runner understands of it to a listener. */
final class JobProcess {

    private static final double NANOS_PER_SECOND = 1e9;

    private final JobRequest request;
    private final Process process;
    private final Path logFile;
    private final PrintWriter log;
    private final Consumer<JobLine.Progress> progress;
    private final long startedNanos = System.nanoTime();
    private final StringBuilder standardOutput = new StringBuilder();
    private final List<String> errors = new ArrayList<>();
    private boolean inFailure;
    private Optional<JobLine.Finished> finished = Optional.empty();

    private JobProcess(
            JobRequest request, Process process, Path logFile, PrintWriter log, Consumer<JobLine.Progress> progress) {
        this.request = request;
        this.process = process;
        this.logFile = logFile;
        this.log = log;
        this.progress = progress;
    }

    /** Starts the process; its output is appended to {@code logFile}. Standard input is empty. */
    static JobProcess start(
            JobRequest request, ProcessBuilder builder, Path logFile, Consumer<JobLine.Progress> progress)
            throws IOException {
        Files.createDirectories(logFile.toAbsolutePath().getParent());
        PrintWriter log = new PrintWriter(Files.newBufferedWriter(
                logFile, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return new JobProcess(request, process, logFile, log, progress);
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    /** Reads the process's output until it ends. */
    JobOutcome await() throws InterruptedException {
        Thread results = new Thread(
                () -> forEachLine(process.getInputStream(), this::onResult),
                request.job().simpleName() + " output");
        results.start();
        forEachLine(process.getErrorStream(), this::onMessage);
        results.join();
        int exitCode = process.waitFor();
        log.close();
        double seconds = (System.nanoTime() - startedNanos) / NANOS_PER_SECOND;
        return new JobOutcome(
                request, process.pid(), exitCode, seconds, finished, errors, standardOutput.toString(), logFile);
    }

    /** Ends the process and its children: politely, and after {@code patienceSeconds} by force. */
    void stop(int patienceSeconds) throws InterruptedException {
        List<ProcessHandle> family = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        // Process.destroy() would also close the streams that are being read.
        process.toHandle().destroy();
        process.waitFor(patienceSeconds, TimeUnit.SECONDS);
        family.forEach(ProcessHandle::destroyForcibly);
    }

    private void onResult(String line) {
        standardOutput.append(line).append('\n');
        writeToLog(line);
    }

    private void onMessage(String line) {
        writeToLog(line);
        JobLine parsed = JobLine.parse(line);
        if (parsed instanceof JobLine.Progress step) {
            progress.accept(step);
        } else if (parsed instanceof JobLine.Finished end) {
            finished = Optional.of(end);
        } else if (parsed instanceof JobLine.Failure failure) {
            errors.add(failure.text());
            inFailure = true;
            return;
        } else if (parsed instanceof JobLine.Continuation continuation && inFailure) {
            errors.add(continuation.text());
            return;
        }
        inFailure = false;
    }

    private void writeToLog(String line) {
        // Flushed, because the log of a job that hangs is what one wants to read.
        synchronized (log) {
            log.println(line);
            log.flush();
        }
    }

    private static void forEachLine(InputStream in, Consumer<String> consumer) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                consumer.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
