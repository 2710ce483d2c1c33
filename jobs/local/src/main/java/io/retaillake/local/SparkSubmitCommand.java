package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.TerminalColumns;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.run.JobSequence;
import io.retaillake.common.run.SubmitWithoutAccount;
import io.retaillake.generator.GeneratorModule;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The process that runs jobs by Spark's own {@code SparkSubmit}: from the person's {@code SPARK_HOME} if there is one, else
 * from the Spark that the build assembled.
 *
 * @param project where jars and logging configuration lie
 * @param settings how Spark runs
 * @param temporaryFolder holds everything that the process writes and nobody needs afterwards
 * @param environment this process's environment
 * @param account whom the process runs as
 */
record SparkSubmitCommand(
        Project project, SparkSettings settings, Path temporaryFolder, Map<String, String> environment, Account account)
        implements JobLauncher {

    private static final String SCALA_VERSION = "2.12";

    /**
     * Three times the JVM's own thresholds for its second, slow compiler: what is worth it is called millions of times, and the rest of
     * what Spark does a few thousand times took that compiler nearly half of a month's processor time.
     */
    private static final List<String> LATER_OPTIMIZATION = List.of(
            "-XX:Tier4InvocationThreshold=15000",
            "-XX:Tier4MinInvocationThreshold=1800",
            "-XX:Tier4CompileThreshold=45000",
            "-XX:Tier4BackEdgeThreshold=120000");

    /** What is compiled once and quickly is as fast as what is optimized, compilation included, up to some three million purchases. */
    private static final List<String> NO_OPTIMIZATION = List.of("-XX:TieredStopAtLevel=1");

    /** What the jobs need beside Spark: a stock distribution has none of it. */
    private static final List<String> LIBRARIES = List.of(
            "iceberg-spark-runtime-", "iceberg-aws-bundle-", "sqlite-jdbc-", "hadoop-aws-", "aws-java-sdk-bundle-");

    SparkSubmitCommand(Project project, SparkSettings settings, Path temporaryFolder, Map<String, String> environment) {
        this(project, settings, temporaryFolder, environment, Account.current());
    }

    @Override
    public ProcessBuilder process(List<JobRequest> requests) {
        Optional<Path> ownSpark = Optional.ofNullable(environment.get("SPARK_HOME"))
                .filter(home -> !home.isBlank())
                .map(Path::of);
        JobDefinition first = requests.get(0).job();
        List<String> command = new ArrayList<>();
        List<String> jars = new ArrayList<>();
        ProcessBuilder process = new ProcessBuilder(command);
        if (ownSpark.isPresent()) {
            checkVersion(ownSpark.get());
            requireAccount();
            jars.addAll(libraries());
            command.addAll(sparkSubmit(ownSpark.get(), first, jars));
        } else {
            command.addAll(java(first));
            process.environment().put("SPARK_HOME", project.sparkHome().toString());
            process.environment().put("SPARK_SCALA_VERSION", SCALA_VERSION);
        }
        process.environment().put("SPARK_LOCAL_DIRS", temporaryFolder.toString());
        if (settings.master().startsWith("local")) {
            // Else Spark binds to whatever the host's name resolves to, which on a laptop changes with the network.
            process.environment().putIfAbsent("SPARK_LOCAL_IP", "127.0.0.1");
        }
        if (requests.stream().anyMatch(request -> request.job().equals(GeneratorModule.FILL_SOURCE))) {
            jars.add(project.generatorJar().toString());
        }
        jars.addAll(Modules.jars(environment));
        if (!jars.isEmpty()) {
            command.addAll(List.of("--jars", String.join(",", jars)));
        }
        command.addAll(submitOptions());
        if (requests.size() == 1) {
            command.addAll(List.of("--name", first.name(), "--class", first.className()));
            command.add(project.jobJar().toString());
            command.addAll(requests.get(0).arguments());
        } else {
            command.addAll(List.of("--name", "retail-lakehouse", "--class", JobSequence.class.getName()));
            command.add(project.jobJar().toString());
            for (JobRequest request : requests) {
                command.addAll(List.of(JobSequence.JOB, request.job().className()));
                command.addAll(request.arguments());
            }
        }
        return process;
    }

    /** Keeps the archive of classes if that is what the process left. */
    @Override
    public void endedWell() {
        classArchive().keep();
    }

    private ClassArchive classArchive() {
        return ClassArchive.of(project.sparkHome().resolve("jars"), project.workFolder(), temporaryFolder);
    }

    private List<String> java(JobDefinition job) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + settings.memory());
        // Jobs want throughput, not short pauses; G1's barriers and threads cost more where cores are few.
        command.add("-XX:+UseParallelGC");
        // Half of a short job's time went into compiling what is called some thousand times while Spark starts.
        command.add("-XX:CompileThresholdScaling=3");
        command.addAll(settings.fewRows() ? NO_OPTIMIZATION : LATER_OPTIMIZATION);
        command.addAll(project.sparkJvmOpens());
        command.addAll(jvmOptions(job));
        command.addAll(classArchive().options(job));
        String jars = project.sparkHome().resolve("jars") + "/*";
        if (account.isUnknown()) {
            // Spark puts a folder into the user's home, which such a user has none of.
            command.addAll(List.of("-Duser.name=" + account.nameOrId(), "-Duser.home=" + temporaryFolder));
            List<String> classPath =
                    new ArrayList<>(List.of(jars, project.jobJar().toString()));
            classPath.addAll(Modules.jars(environment));
            command.addAll(List.of("-cp", String.join(":", classPath)));
            command.add(SubmitWithoutAccount.class.getName());
        } else {
            command.addAll(List.of("-cp", jars, "org.apache.spark.deploy.SparkSubmit"));
        }
        return command;
    }

    private void requireAccount() {
        if (account.isUnknown()) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    "user id " + account.id()
                            + " has no entry in /etc/passwd, without which the Spark in SPARK_HOME does not start."
                            + " Add one, or unset SPARK_HOME: then a Spark from Maven is used, which starts without.");
        }
    }

    private List<String> sparkSubmit(Path sparkHome, JobDefinition job, List<String> libraries) {
        return List.of(
                sparkHome.resolve("bin/spark-submit").toString(),
                "--driver-memory",
                settings.memory(),
                "--driver-java-options",
                jvmOptions(job).stream().map(SparkSubmitCommand::quoted).collect(Collectors.joining(" ")),
                "--driver-class-path",
                String.join(":", libraries));
    }

    private List<String> submitOptions() {
        List<String> options = new ArrayList<>(List.of("--master", settings.master()));
        List<String> configuration = new ArrayList<>(settings.localConfiguration());
        configuration.add("spark.sql.warehouse.dir="
                + temporaryFolder.resolve("warehouse").toUri());
        configuration.add("spark.executor.extraJavaOptions=" + quoted(loggingOption()) + " -Dfile.encoding=UTF-8");
        configuration.addAll(settings.configuration());
        configuration.forEach(setting -> options.addAll(List.of("--conf", setting)));
        return options;
    }

    private List<String> jvmOptions(JobDefinition job) {
        List<String> options = new ArrayList<>(List.of(
                "-Dfile.encoding=UTF-8",
                "-Dsun.stdout.encoding=UTF-8",
                "-Dsun.stderr.encoding=UTF-8",
                loggingOption(),
                "-Djava.io.tmpdir=" + temporaryFolder,
                // The job ends when this process is gone, however it went.
                "-Dretail-lake.parent-process=" + ProcessHandle.current().pid()));
        if (RetailJobs.PRINTING.contains(job)) {
            // Its standard error is for people who wait for a result; what fails there is told once, at the end.
            options.add("-Dretail-lake.log-level=off");
            options.add("-Dretail-lake.own-log-level=error");
            options.add("-Dretail-lake.progress=none");
            options.add(TerminalColumns.option(TerminalColumns.ofMessages()));
        } else {
            // It tells no width of its own: what it prints may pass through this process.
            options.add(TerminalColumns.option(TerminalColumns.ofResults()));
        }
        return options;
    }

    private String loggingOption() {
        return "-Dlog4j2.configurationFile=" + project.loggingConfiguration().toUri();
    }

    private List<String> libraries() {
        try (Stream<Path> jars = Files.list(project.sparkHome().resolve("jars"))) {
            return jars.filter(
                            jar -> LIBRARIES.stream().anyMatch(jar.getFileName().toString()::startsWith))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkVersion(Path sparkHome) {
        String unset = "Set SPARK_HOME to a Spark 3.5 for Scala 2.12, or unset it: then a Spark from Maven is used.";
        try (Stream<Path> jars = Files.list(sparkHome.resolve("jars"))) {
            Optional<String> core = jars.map(jar -> jar.getFileName().toString())
                    .filter(name -> name.startsWith("spark-core_"))
                    .findFirst();
            if (core.filter(name -> name.startsWith("spark-core_" + SCALA_VERSION + "-3.5."))
                    .isEmpty()) {
                throw new CommandException(
                        CommandException.BAD_ARGUMENTS,
                        "SPARK_HOME=" + sparkHome + " holds " + core.orElse("no spark-core jar") + ". " + unset);
            }
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    "SPARK_HOME=" + sparkHome + " has no readable jars folder. " + unset,
                    e);
        }
    }

    /** Spark splits option strings at blanks unless they are in double quotes. */
    private static String quoted(String option) {
        return option.contains(" ") ? "\"" + option + "\"" : option;
    }
}
