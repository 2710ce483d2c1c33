package io.retaillake.local;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.ClosestName;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.command.TerminalColumns;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.Signals;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Unmatched;

/** {@code bin/submit}: runs one job by spark-submit and exits as the job does. */
public final class Submit {

    private static final int PATIENCE_SECONDS = 10;
    private static final List<String> HELP = List.of("--help", "-h");

    private Submit() {}

    /** Picks the options for Spark out of a job's command line. */
    @Command(name = "submit", sortOptions = false)
    static final class SubmitOptions {
        @Mixin
        private SparkOptions spark;

        @Unmatched
        private List<String> jobArguments = new ArrayList<>();
    }

    /** Exits with the job's code; 2 if there is no such job or an option for Spark is malformed. */
    public static void main(String[] arguments) {
        if (arguments.length == 0 || HELP.contains(arguments[0])) {
            System.out.print(help());
            System.exit(arguments.length == 0 ? CommandException.BAD_ARGUMENTS : 0);
        }
        try {
            JobDefinition job = job(arguments[0]);
            List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
            System.exit(run(Project.current(), System.getenv(), job, rest));
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
    }

    /** Runs {@code job} with this process's streams, waits for it, and returns its exit code. */
    static int run(Project project, Map<String, String> environment, JobDefinition job, List<String> arguments) {
        SubmitOptions options = new SubmitOptions();
        CommandLine commandLine = Arguments.commandLine(options);
        List<String> problems = Arguments.problems(commandLine, arguments.toArray(String[]::new));
        SparkSettings settings = options.spark.settings(problems);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        try (Releases releases = new Releases()) {
            Runtime.getRuntime().addShutdownHook(new Thread(releases::close));
            TemporaryFolder temporary = releases.add(TemporaryFolder.in(project.workFolder()));
            JobLauncher launcher = new SparkSubmitCommand(project, settings, temporary.path(), environment);
            if (job.equals(RetailJobs.SQL) && TerminalColumns.isInteractive()) {
                // Ctrl-C is for the statement; where it ends the job, this process ends with it.
                Signals.register("INT", () -> {});
            }
            boolean isForHelp = !Collections.disjoint(options.jobArguments, HELP);
            boolean inWords = TerminalColumns.ofMessages() > 0 && !RetailJobs.PRINTING.contains(job) && !isForHelp;
            Process process = launcher.process(List.of(new JobRequest(job, options.jobArguments)))
                    .inheritIO()
                    .redirectError(inWords ? Redirect.PIPE : Redirect.INHERIT)
                    .start();
            releases.add(() -> stop(process));
            if (inWords) {
                new MessagesInWords(job, System.err).show(process.getErrorStream());
            }
            int exitCode = process.waitFor();
            if (exitCode == 0 && !isForHelp) {
                launcher.endedWell();
            }
            return exitCode;
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, job.name() + " could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void stop(Process process) throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static JobDefinition job(String name) {
        JobRegistry jobs = JobRegistry.load();
        return jobs.named(name).orElseThrow(() -> {
            String suggestion = ClosestName.of(name, jobs.names())
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("");
            return new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    "there is no job '" + name + "'" + suggestion + "\nthe jobs are: "
                            + String.join(", ", jobs.names()));
        });
    }

    private static String help() {
        CommandLine commandLine = Arguments.commandLine(new SubmitOptions());
        String jobs = JobRegistry.load().jobs().stream()
                .collect(Collectors.groupingBy(
                        job -> "  " + job.layer(),
                        LinkedHashMap::new,
                        Collectors.mapping(JobDefinition::name, Collectors.toList())))
                .entrySet()
                .stream()
                .map(layer -> Stream.concat(Stream.of(layer.getKey()), layer.getValue().stream())
                        .toList())
                .flatMap(line -> LiveDisplay.folded(line, commandLine.getUsageHelpWidth()).stream())
                .collect(Collectors.joining("\n"));
        return """
                Usage: bin/submit <Job> [options of Spark] [options of the job]

                Runs one job by spark-submit: the one in SPARK_HOME, else a Spark from Maven.
                Exit code: 0 done, 2 bad arguments, 3 bad data, 4 an outside system failed,
                1 a defect.

                Jobs (bin/submit <Job> --help lists a job's own options):
                %s

                Options of Spark:
                %s""".formatted(jobs, commandLine.getHelp().optionList());
    }
}
