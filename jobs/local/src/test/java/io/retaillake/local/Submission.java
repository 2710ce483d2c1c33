package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Starts processes as the commands of {@code bin/} do, watches them for passwords, and keeps what they say. */
final class Submission {

    static final Project PROJECT =
            Project.at(Path.of(System.getProperty("retail-lake.project")).normalize());

    static final Path S3_PROXY = PROJECT.root().resolve("jobs/local/target/s3proxy/s3proxy.jar");

    /** Compiling less is what makes a short job short. */
    private static final String SHORT_LIVED_JVM = "-XX:TieredStopAtLevel=1";

    private static final int WATCH_INTERVAL_MILLIS = 50;
    private static final int KILL_INTERVAL_MILLIS = 3;
    private static final Pattern STACK_FRAME = Pattern.compile("\\s*at [\\w.$/<>]+\\(.*");

    private final Path folder;
    private final SecretWatch watch;
    private final SparkSettings settings;
    private final String classPath;
    private Map<String, String> environment = Map.of();
    private int processes;

    /**
     * How a process ended.
     *
     * @param exitCode its exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Ended(int exitCode, String out, String err) {

        /** What it tells the person: the lines from {@code error} on. */
        String message() {
            List<String> lines = err.lines().toList();
            int first = -1;
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith("error ")) {
                    first = i;
                }
            }
            return first < 0 ? "" : String.join("\n", lines.subList(first, lines.size()));
        }

        /** The lines of its standard error that are of a stack trace. */
        List<String> stackTrace() {
            return err.lines()
                    .filter(line -> STACK_FRAME.matcher(line).matches() || line.startsWith("Exception in thread"))
                    .toList();
        }
    }

    /** Processes keep their files in {@code folder}. */
    Submission(Path folder, SecretWatch watch, String master, String... configuration) {
        this(
                folder,
                watch,
                new SparkSettings(master, 2, "1g", List.of(configuration), false),
                System.getProperty("java.class.path"));
    }

    private Submission(Path folder, SecretWatch watch, SparkSettings settings, String classPath) {
        this.folder = folder;
        this.watch = watch;
        this.settings = settings;
        this.classPath = classPath;
    }

    /** Has processes find these variables in their environment, too. */
    Submission withEnvironment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        return this;
    }

    /** The same processes with a module's jar, where {@code bin/launch.sh} and the environment name it. */
    Submission withModule(Path jar) {
        Submission with = new Submission(folder, watch, settings, classPath + ":" + jar);
        with.processes = processes;
        return with.withEnvironment(Map.of(Modules.VARIABLE, jar.toString()));
    }

    /** Runs a job to its end. */
    Ended submit(JobDefinition job, List<String> arguments) throws IOException, InterruptedException {
        Ended ended = run(command(job, arguments), "");
        if (job.equals(RetailJobs.EXTRACT_DIMENSIONS) && ended.exitCode() == 0) {
            // The first extraction leaves the classes that it loaded, and every process after it starts sooner.
            new SparkSubmitCommand(PROJECT, settings, folder, Map.of()).endedWell();
        }
        return ended;
    }

    /** A moment in a job's life. */
    @FunctionalInterface
    interface Moment {
        /** Whether it has come; asked every few milliseconds. */
        boolean hasCome() throws IOException, SQLException;
    }

    /** Runs a job until {@code moment} has come, and kills its process then as {@code kill -9} does. */
    Ended kill(JobDefinition job, List<String> arguments, Moment moment)
            throws IOException, InterruptedException, SQLException {
        Running running = start(command(job, arguments), "");
        while (!running.process().waitFor(KILL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
            if (moment.hasCome()) {
                running.process().destroyForcibly();
            }
        }
        return running.ended();
    }

    /** The process that runs a job, not started. */
    ProcessBuilder command(JobDefinition job, List<String> arguments) {
        return new SparkSubmitCommand(PROJECT, settings, folder, Map.of())
                .process(List.of(new JobRequest(job, arguments)));
    }

    /** Runs {@code bin/pipeline} to its end. */
    Ended pipeline(List<String> arguments) throws IOException, InterruptedException {
        return run(pipelineCommand(arguments), "");
    }

    /** The process of {@code bin/pipeline}, not started. */
    ProcessBuilder pipelineCommand(List<String> arguments) {
        return pipelineCommand(PROJECT.root(), arguments);
    }

    /** The same with another folder for what the project leaves behind. */
    ProcessBuilder pipelineCommand(Path project, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dretail-lake.project=" + project,
                "-cp",
                classPath,
                PipelineCommand.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** The values of the one text column that a query on the lake has. */
    List<String> query(Path lake, String sql) throws IOException, InterruptedException {
        return query(PipelineLake.in(lake), sql);
    }

    /** The same of a lake elsewhere. */
    List<String> query(PipelineLake lake, String sql) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(lake.options());
        arguments.addAll(List.of("--format", "csv", "-"));
        Ended ended = run(command(RetailJobs.SQL, arguments), sql);
        if (ended.exitCode() != 0) {
            throw new IOException("the query failed: " + ended.err());
        }
        return ended.out().lines().skip(1).map(Submission::unquoted).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String unquoted(String field) {
        return field.startsWith("\"") ? field.substring(1, field.length() - 1).replace("\"\"", "\"") : field;
    }

    Ended run(ProcessBuilder builder, String input) throws IOException, InterruptedException {
        Running running = start(builder, input);
        try {
            while (!running.process().waitFor(WATCH_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
                watch.inspect(running.process());
            }
        } finally {
            running.process().destroy();
        }
        Ended ended = running.ended();
        watch.inspect(
                ended.out(),
                "standard output of " + Arrays.toString(builder.command().toArray()));
        watch.inspect(
                ended.err(),
                "standard error of " + Arrays.toString(builder.command().toArray()));
        return ended;
    }

    /** A process and the files that it writes its output to. */
    record Running(Process process, Path out, Path err) {

        /** Waits for its end. */
        Ended ended() throws IOException, InterruptedException {
            return new Ended(
                    process.waitFor(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        }
    }

    /** Starts a process as {@link #run} does, and returns at once. */
    synchronized Running start(ProcessBuilder builder, String input) throws IOException {
        processes++;
        Path in = Files.writeString(folder.resolve(processes + ".in"), input);
        Path out = folder.resolve(processes + ".out");
        Path err = folder.resolve(processes + ".err");
        builder.environment().put("JDK_JAVA_OPTIONS", SHORT_LIVED_JVM);
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().putAll(environment);
        Process process = builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Running(process, out, err);
    }
}
