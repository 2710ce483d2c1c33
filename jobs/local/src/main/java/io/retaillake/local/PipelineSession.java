package io.retaillake.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of the pipeline with everything that it holds on to: lock, temporary files, database, processes. */
final class PipelineSession {

    /** The parts that differ between a person's run and a test's. */
    interface Parts {

        /** Launches jobs that keep their temporary files in {@code temporaryFolder}. */
        JobLauncher launcher(Path temporaryFolder);

        /** Opens the source; secrets go to {@code temporaryFolder}. */
        SourceDatabase source(Path temporaryFolder);
    }

    private static final int PATIENCE_SECONDS = 20;

    private final Project project;
    private final PipelineSettings settings;
    private final Parts parts;
    private final Display display;
    private final Releases releases = new Releases();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean interrupted;

    PipelineSession(Project project, PipelineSettings settings, Parts parts, Display display) {
        this.project = project;
        this.settings = settings;
        this.parts = parts;
        this.display = display;
    }

    /**
     * Runs the pipeline. If this JVM is told to end meanwhile, the jobs and the database end first.
     *
     * @return the exit code
     */
    int run(PrintStream out, PrintStream err) {
        Thread hook = new Thread(() -> interrupt(err), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        PipelineReport report = new PipelineReport(project, settings);
        try {
            List<JobOutcome> outcomes = new ArrayList<>();
            String database = runJobs(outcomes);
            releases.close();
            report.printSuccess(out, outcomes, database);
            return 0;
        } catch (JobFailedException failure) {
            releases.close();
            if (!interrupted) {
                report.printFailure(err, failure.outcome());
            }
            return failure.outcome().exitCode();
        } catch (CommandException failure) {
            releases.close();
            if (!interrupted) {
                Arguments.report(err, failure);
            }
            return failure.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            releases.close();
            ended.countDown();
            remove(hook);
        }
    }

    /** Runs all jobs; returns what there is to say of the database. */
    private String runJobs(List<JobOutcome> outcomes) throws InterruptedException {
        releases.add(LakeLock.of(settings.lake()));
        TemporaryFolder temporary = releases.add(TemporaryFolder.in(project.workFolder()));
        SourceDatabase source = releases.add(parts.source(temporary.path()));
        JobRunner runner = new JobRunner(parts.launcher(temporary.path()), settings.logFolder(project), display);
        releases.add(runner::stop);
        releases.add(display);
        display.note("run " + settings.runId() + " on the lake " + settings.lake());
        outcomes.addAll(source.prepare(runner));
        outcomes.addAll(new Pipeline(runner, settings).run(source.readerOptions()));
        return source.afterwards();
    }

    private void interrupt(PrintStream err) {
        interrupted = true;
        releases.close();
        try {
            // The main thread may hold something that it has not handed over yet.
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("the pipeline did not end in " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> again = new ArrayList<>(List.of(project.command("pipeline")));
        again.addAll(settings.typed());
        again.addAll(settings.window());
        Collections.addAll(again, "--run-id", settings.runId());
        err.println("interrupted; jobs and database have ended. To go on: " + ShellWords.joined(again));
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook is running.
        }
    }
}
