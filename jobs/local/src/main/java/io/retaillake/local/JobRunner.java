package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs jobs, each in a process of its own, and can end them all. */
final class JobRunner {

    private static final int PATIENCE_SECONDS = 8;

    private final JobLauncher launcher;
    private final Path logFolder;
    private final Display display;
    private final Set<JobProcess> running = new HashSet<>();
    private boolean stopped;

    JobRunner(JobLauncher launcher, Path logFolder, Display display) {
        this.launcher = launcher;
        this.logFolder = logFolder;
        this.display = display;
    }

    /**
     * Runs jobs that do not depend on each other, {@code atOnce} at a time. The first that fails ends the others.
     *
     * @return how each ended, in the order of the requests
     * @throws JobFailedException with the outcome of the first that failed
     */
    List<JobOutcome> run(List<JobRequest> requests, int atOnce) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            CompletionService<JobOutcome> runs = new ExecutorCompletionService<>(threads);
            requests.forEach(request -> runs.submit(() -> run(request)));
            List<JobOutcome> outcomes = new ArrayList<>();
            for (int ended = 0; ended < requests.size(); ended++) {
                JobOutcome outcome = runs.take().get();
                if (outcome.failed()) {
                    throw new JobFailedException(outcome);
                }
                outcomes.add(outcome);
            }
            outcomes.sort(Comparator.comparingInt(outcome -> requests.indexOf(outcome.request())));
            return outcomes;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CommandException failure) {
                throw failure;
            }
            throw new IllegalStateException("a job's process could not be followed", e.getCause());
        } catch (JobFailedException | InterruptedException e) {
            stop();
            throw e;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Ends the running jobs, and those that were about to start. */
    void stop() throws InterruptedException {
        List<JobProcess> toStop;
        synchronized (this) {
            stopped = true;
            toStop = List.copyOf(running);
        }
        for (JobProcess process : toStop) {
            process.stop(PATIENCE_SECONDS);
        }
    }

    private JobOutcome run(JobRequest request) throws InterruptedException {
        JobProcess process = start(request);
        JobOutcome outcome = process.await();
        synchronized (this) {
            running.remove(process);
            stopped |= outcome.failed();
        }
        launcher.ended(outcome);
        display.ended(outcome);
        return outcome;
    }

    private synchronized JobProcess start(JobRequest request) {
        Job job = request.job();
        if (stopped) {
            throw new CommandException(CommandException.OUTSIDE_SYSTEM, job.simpleName() + " was not started any more");
        }
        try {
            JobProcess process = JobProcess.start(
                    request,
                    launcher.process(request),
                    logFolder.resolve(job.simpleName() + ".log"),
                    progress -> display.progress(job, progress));
            running.add(process);
            display.started(job);
            return process;
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, job.simpleName() + " could not be started: " + e.getMessage(), e);
        }
    }
}
