package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs jobs one after the other in one process, and can end it. */
final class JobRunner {

    private static final int PATIENCE_SECONDS = 8;

    private final JobLauncher launcher;
    private final Path logFolder;
    private final Display display;
    private JobProcess running;
    private boolean stopped;

    JobRunner(JobLauncher launcher, Path logFolder, Display display) {
        this.launcher = launcher;
        this.logFolder = logFolder;
        this.display = display;
    }

    /**
     * Runs jobs in their order.
     *
     * @return how each ended
     * @throws JobFailedException with the outcome of the first that failed; those after it do not run
     */
    List<JobOutcome> run(List<JobRequest> requests) throws InterruptedException {
        List<JobOutcome> outcomes = start(requests).await();
        JobOutcome last = outcomes.get(outcomes.size() - 1);
        if (last.failed()) {
            throw new JobFailedException(last);
        }
        launcher.endedWell();
        return outcomes;
    }

    /** Ends the running job, and those that were about to start. */
    void stop() throws InterruptedException {
        JobProcess toStop;
        synchronized (this) {
            stopped = true;
            toStop = running;
        }
        if (toStop != null) {
            toStop.stop(PATIENCE_SECONDS);
        }
    }

    private synchronized JobProcess start(List<JobRequest> requests) {
        String first = requests.get(0).job().name();
        if (stopped) {
            throw new CommandException(CommandException.OUTSIDE_SYSTEM, first + " was not started any more");
        }
        display.planned(requests.stream().map(JobRequest::job).toList());
        try {
            running = JobProcess.start(requests, launcher.process(requests), logFolder, display);
            return running;
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, first + " could not be started: " + e.getMessage(), e);
        }
    }
}
