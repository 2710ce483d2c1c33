package io.retaillake.local;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A {@code bin/pipeline} that is running, with its jobs' JVM and its database, and the ways in which it may be ended. */
final class KillablePipeline {

    private static final int INTERVAL_MILLIS = 3;
    private static final int MOST_SECONDS_TO_END = 180;

    private final Submission.Running running;
    private List<ProcessHandle> family = List.of();

    /** How a pipeline is ended; but for the last two by {@code kill -9}. */
    enum Kill {
        PIPELINE(137),
        /** The JVM that runs the jobs. */
        JOBS(4),
        PIPELINE_AND_JOBS(137),
        /** These two and every process of the database. */
        EVERYTHING(137),
        /** SIGTERM to the pipeline. */
        TERMINATE(143),
        /** SIGINT to every process, as a terminal's Ctrl-C does. */
        INTERRUPT(130);

        private final int exitCode;

        Kill(int exitCode) {
            this.exitCode = exitCode;
        }

        /** The pipeline's own. */
        int exitCode() {
            return exitCode;
        }

        /** Whether the pipeline has the time to end its jobs and database itself. */
        boolean isPolite() {
            return this == TERMINATE || this == INTERRUPT;
        }
    }

    private KillablePipeline(Submission.Running running) {
        this.running = running;
    }

    static KillablePipeline start(Submission submission, ProcessBuilder pipeline) throws IOException {
        // What is started in the background inherits that SIGINT is ignored.
        pipeline.command().addAll(0, List.of("env", "--default-signal=INT"));
        return new KillablePipeline(submission.start(pipeline, ""));
    }

    /** Kills it when the moment has come, unless it ends before, and waits for its own end; others may outlive it. */
    Submission.Ended kill(Kill kill, Submission.Moment moment) throws Exception {
        Process process = running.process();
        while (!process.waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (moment.hasCome() && (kill != Kill.JOBS || jobs().findAny().isPresent())) {
                family = process.descendants().toList();
                kill(kill);
                break;
            }
        }
        if (!process.waitFor(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running " + MOST_SECONDS_TO_END + " s after " + kill);
        }
        return running.ended();
    }

    private void kill(Kill kill) throws IOException, InterruptedException {
        ProcessHandle pipeline = running.process().toHandle();
        switch (kill) {
            case PIPELINE -> pipeline.destroyForcibly();
            case JOBS -> jobs().forEach(ProcessHandle::destroyForcibly);
            case PIPELINE_AND_JOBS -> {
                List<ProcessHandle> jobs = jobs().toList();
                pipeline.destroyForcibly();
                jobs.forEach(ProcessHandle::destroyForcibly);
            }
            case EVERYTHING -> {
                pipeline.destroyForcibly();
                family.forEach(ProcessHandle::destroyForcibly);
            }
            case TERMINATE -> pipeline.destroy();
            case INTERRUPT -> interrupt(Stream.concat(Stream.of(pipeline), family.stream()));
        }
    }

    private static void interrupt(Stream<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = Stream.concat(
                        Stream.of("kill", "-INT"), processes.map(process -> Long.toString(process.pid())))
                .toList();
        new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Stream<ProcessHandle> jobs() {
        return running.process()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("java"));
    }

    /** The processes of a killed one that have not ended. */
    List<ProcessHandle> alive() {
        return family.stream().filter(ProcessHandle::isAlive).toList();
    }

    /** Waits for the end of the processes that it had started. */
    void awaitEnd() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_TO_END);
        // Not by ProcessHandle.onExit(), which asks for the id only, and another process may have it by now.
        while (!alive().isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(alive().stream()
                        .map(process ->
                                process.pid() + " " + process.info().command().orElse("?"))
                        .collect(Collectors.joining(", ", "still alive: ", "")));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS));
        }
    }
}
