package io.retaillake.local;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.ShellWords;
import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.job.MonthOptions;
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
    private final Releases work = new Releases();
    private final Releases source = new Releases();
    private final CountDownLatch keepEnd = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean interrupted;
    private volatile boolean kept;

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
            SourceDatabase database = runJobs(outcomes);
            work.close();
            report.printSuccess(out, outcomes, database.afterwards());
            if (settings.generated().keepRunning()) {
                keep(database, out);
            }
            return 0;
        } catch (JobFailedException failure) {
            work.close();
            if (!interrupted) {
                report.printFailure(err, failure.outcome());
            }
            return failure.outcome().commandExitCode();
        } catch (CommandException failure) {
            work.close();
            if (!interrupted) {
                Arguments.report(err, failure);
            }
            return failure.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } finally {
            work.close();
            source.close();
            ended.countDown();
            remove(hook);
        }
    }

    /** Runs all jobs; returns the database that they read. */
    private SourceDatabase runJobs(List<JobOutcome> outcomes) throws InterruptedException {
        work.add(LakeLock.of(settings.lake()));
        TemporaryFolder temporary = source.add(TemporaryFolder.in(project.workFolder()));
        display.note("run " + settings.runId() + " on the lake " + settings.lake());
        SourceDatabase database = source.add(parts.source(temporary.path()));
        JobRunner runner = new JobRunner(parts.launcher(temporary.path()), settings.logFolder(project), display);
        work.add(runner::stop);
        work.add(display);
        outcomes.addAll(database.prepare(runner));
        outcomes.addAll(new Pipeline(runner, settings).run(database.readerOptions()));
        return database;
    }

    /** Leaves the database to the person until this JVM is told to end. */
    private void keep(SourceDatabase database, PrintStream out) throws InterruptedException {
        kept = true;
        out.println();
        out.println("the database runs until Ctrl-C: " + database.whereabouts());
        keepEnd.await();
    }

    private void interrupt(PrintStream err) {
        interrupted = true;
        keepEnd.countDown();
        work.close();
        source.close();
        try {
            // The main thread may hold something that it has not handed over yet.
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("the pipeline did not end in " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (kept) {
            err.println("the database has ended");
            return;
        }
        List<String> again = new ArrayList<>(List.of(project.command("pipeline")));
        again.addAll(settings.typed());
        again.addAll(MonthOptions.arguments(settings.window()));
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
