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
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A running process that does jobs one after the other: each job's output goes to its log, what is understood of it to a display. */
final class JobProcess {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final JobLine.Progress WRITE_CLASS_ARCHIVE = new JobLine.Progress(
            "write the class archive, once on a machine, for faster starts", 0, OptionalLong.empty());

    private final List<JobRequest> requests;
    private final Process process;
    private final Path logFolder;
    private final Display display;
    private final boolean writesClassArchive;
    private final StringBuilder standardOutput = new StringBuilder();
    private final List<JobOutcome> outcomes = new ArrayList<>();

    // Of the job that is running:
    private JobRequest request;
    private PrintWriter log;
    private long startedNanos = System.nanoTime();
    private Optional<JobLine.Finished> finished = Optional.empty();
    private long finishedNanos;
    private final List<String> errors = new ArrayList<>();
    private boolean inFailure;

    private JobProcess(
            List<JobRequest> requests,
            Process process,
            Path logFolder,
            Display display,
            boolean writesClassArchive,
            PrintWriter log) {
        this.requests = requests;
        this.process = process;
        this.logFolder = logFolder;
        this.display = display;
        this.writesClassArchive = writesClassArchive;
        this.request = requests.get(0);
        this.log = log;
    }

    /** Starts the process; each job's output is appended to its file in {@code logFolder}. Standard input is empty. */
    static JobProcess start(List<JobRequest> requests, ProcessBuilder builder, Path logFolder, Display display)
            throws IOException {
        Files.createDirectories(logFolder);
        PrintWriter log = open(logFile(logFolder, requests.get(0)));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            display.started(requests.get(0).job());
            return new JobProcess(
                    requests, process, logFolder, display, ClassArchive.isWrittenBy(builder.command()), log);
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    /**
     * Reads the process's output until it ends.
     *
     * @return how the jobs ended; after one that failed there is none. What the process printed as results is the last one's.
     */
    List<JobOutcome> await() throws InterruptedException {
        Thread results = new Thread(() -> forEachLine(process.getInputStream(), this::onResult), "output of jobs");
        results.start();
        forEachLine(process.getErrorStream(), this::onMessage);
        results.join();
        int exitCode = process.waitFor();
        end(exitCode, standardOutput.toString());
        if (exitCode == 0 && outcomes.size() < requests.size()) {
            throw new IllegalStateException(
                    "the process ended after " + request.job().name() + ", before "
                            + requests.get(outcomes.size()).job().name());
        }
        return outcomes;
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
            display.progress(request.job(), step);
        } else if (parsed instanceof JobLine.Finished end) {
            finished = Optional.of(end);
            finishedNanos = System.nanoTime();
            if (outcomes.size() < requests.size() - 1) {
                end(0, "");
                begin(requests.get(outcomes.size()));
            } else if (writesClassArchive) {
                display.progress(request.job(), WRITE_CLASS_ARCHIVE);
            }
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

    private void begin(JobRequest next) {
        try {
            synchronized (this) {
                log = open(logFile(logFolder, next));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        request = next;
        startedNanos = System.nanoTime();
        finished = Optional.empty();
        errors.clear();
        display.started(next.job());
    }

    private void end(int exitCode, String results) {
        long nowNanos = System.nanoTime();
        boolean keptClasses = finished.isPresent() && outcomes.size() == requests.size() - 1 && writesClassArchive;
        double seconds = ((keptClasses ? finishedNanos : nowNanos) - startedNanos) / NANOS_PER_SECOND;
        JobOutcome outcome =
                new JobOutcome(request, exitCode, seconds, finished, errors, results, logFile(logFolder, request));
        outcomes.add(outcome);
        synchronized (this) {
            log.close();
        }
        display.ended(outcome);
        if (keptClasses) {
            display.note(String.format(
                    Locale.ROOT,
                    "class archive: %.1f s, in no job's time (once on a machine, for faster starts)",
                    (nowNanos - finishedNanos) / NANOS_PER_SECOND));
        }
    }

    private synchronized void writeToLog(String line) {
        // Flushed, because the log of a job that hangs is what one wants to read.
        log.println(line);
        log.flush();
    }

    private static Path logFile(Path folder, JobRequest request) {
        return folder.resolve(request.job().name() + ".log");
    }

    private static PrintWriter open(Path file) throws IOException {
        return new PrintWriter(Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
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
