package io.retaillake.common.run;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.GlueArguments;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.ParentProcessWatch;
import io.retaillake.common.job.Problems;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Runs a job: parses its arguments, reports all that is wrong with them at once, prints progress while it works, and
 * turns every failure into one clear message and an exit code. It fails by throwing and succeeds by returning, which is
 * what Glue, EMR and SparkSubmit expect.
 */
public final class JobMain {

    private static final Logger LOG = LoggerFactory.getLogger(JobMain.class);

    private JobMain() {}

    /**
     * Runs {@code job}.
     *
     * @throws FailedJobException when it fails; the message was printed to standard error before
     */
    public static void run(Job job, String... arguments) throws FailedJobException {
        ParentProcessWatch.watch();
        SparkLifetime spark = SparkLifetime.begin();
        try {
            runOnSharedSpark(job, arguments);
        } finally {
            spark.end();
        }
    }

    /** Runs {@code job} as {@link #run} does, but leaves the Spark that it starts to the jobs that follow. */
    static void runOnSharedSpark(Job job, String... arguments) throws FailedJobException {
        CommandLine command = Arguments.commandLine(job);
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this and exit.")
                        .build());
        try {
            Job.Work work = parse(command, job, arguments);
            if (work == null) {
                command.usage(System.out, Ansi.OFF);
                return;
            }
            run(job, work);
        } catch (JobException e) {
            throw report(e);
        } catch (Exception | Error e) {
            JobException failure = FailureExplanation.of(job.name(), e);
            if (failure.exitCode() == ExitCode.DEFECT) {
                LOG.error("{} failed", job.name(), e);
            } else {
                LOG.info("{} failed", job.name(), e);
            }
            throw report(failure);
        }
    }

    /**
     * Parses and validates arguments as {@link #run} does, and does nothing with them.
     *
     * @throws JobException exit code 2 naming all that is wrong with them
     */
    public static void check(Job job, String... arguments) {
        parse(Arguments.commandLine(job), job, arguments);
    }

    private static void run(Job job, Job.Work work) {
        try (Progress progress = Progress.start(job.name())) {
            work.run(progress);
            progress.finished();
        }
    }

    private static Job.Work parse(CommandLine command, Job job, String[] arguments) {
        Problems problems = new Problems();
        List<String> malformed = Arguments.problems(command, GlueArguments.strip(arguments));
        if (command.isUsageHelpRequested()) {
            return null;
        }
        malformed.forEach(problems::add);
        Job.Work work = job.prepare(problems);
        problems.throwIfAny(job.name() + " can't start; nothing was touched. See " + job.name() + " --help.");
        return work;
    }

    private static FailedJobException report(JobException failure) {
        System.err.println("error " + failure.getMessage().strip().replace("\n", "\n  "));
        return new FailedJobException(failure);
    }
}
