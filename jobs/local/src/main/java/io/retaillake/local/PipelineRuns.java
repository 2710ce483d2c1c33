package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.job.Window;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import io.retaillake.local.PipelineSettings.GeneratedSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pipeline for a program that measures it: the same database, jobs and processes as {@code bin/pipeline} has, one run
 * after the other, on lakes in folders of this machine.
 */
public final class PipelineRuns implements AutoCloseable {

    private final Project project;
    private final SparkSettings spark;
    private final Path logFolder;
    private final Listener listener;
    private final Releases held = new Releases();
    private final TemporaryFolder temporary;
    private final JobLauncher launcher;
    private Optional<GeneratedSource> generated = Optional.empty();

    /** Told what happens to jobs, which run one after the other. */
    public interface Listener {

        /** A job begins: its process was started, or the job before it there has ended. */
        void started(String job);

        /** How far a job is, in words. */
        void progress(String job, String line);

        /** A job has ended. */
        void ended(Ended job);
    }

    /**
     * How a job ended.
     *
     * @param job its name
     * @param layer bronze, silver, gold or ops
     * @param processSeconds from the start of its process, or from the end of the job before it there, to its end
     * @param ownSeconds without the start of the JVM; as much as {@code processSeconds} if it failed
     * @param rows what it worked on; 0 if it failed
     * @param mostTasks the most tasks of a stage that read rows; 0 if it failed
     */
    public record Ended(String job, String layer, double processSeconds, double ownSeconds, long rows, int mostTasks) {

        private static Ended of(JobOutcome outcome) {
            Optional<JobLine.Finished> finished = outcome.finished();
            return new Ended(
                    outcome.job().name(),
                    outcome.job().layer(),
                    outcome.processSeconds(),
                    finished.map(JobLine.Finished::seconds).orElse(outcome.processSeconds()),
                    finished.map(JobLine.Finished::rows).orElse(0L),
                    finished.map(JobLine.Finished::mostTasks).orElse(0));
        }
    }

    /** A database that jobs read until it is closed. */
    public interface Source extends AutoCloseable {

        /** The extraction jobs' options for connecting to it; they name no password. */
        List<String> options();

        @Override
        void close();
    }

    private PipelineRuns(Project project, SparkSettings spark, Path logFolder, Listener listener) {
        this.project = project;
        this.spark = spark;
        this.logFolder = logFolder;
        this.listener = listener;
        this.temporary = held.add(TemporaryFolder.in(project.workFolder()));
        this.launcher = new SparkSubmitCommand(project, spark, temporary.path(), System.getenv());
    }

    /**
     * Begins.
     *
     * @param cores how many tasks run at once
     * @param memory a job's heap, as {@code -Xmx} takes it
     * @param logFolder gets the jobs' logs
     */
    public static PipelineRuns begin(int cores, String memory, Path logFolder, Listener listener) {
        SparkSettings spark = new SparkSettings("local[" + cores + ",4]", cores, memory, List.of(), false);
        return new PipelineRuns(Project.current(), spark, logFolder, listener);
    }

    /**
     * Begins, with tasks in processes of their own instead of the driver's.
     *
     * @param executors how many of these processes there are
     * @param cores how many tasks each of them runs at once
     * @param memory the heap of the driver, and of each executor
     */
    public static PipelineRuns beginCluster(
            int executors, int cores, String memory, Path logFolder, Listener listener) {
        String master = "local-cluster[" + executors + "," + cores + "," + HeapSize.mib(memory) + "]";
        SparkSettings spark =
                new SparkSettings(master, executors * cores, memory, List.of("spark.executor.memory=" + memory), false);
        return new PipelineRuns(Project.current(), spark, logFolder, listener);
    }

    /** Holds what runs on this machine leave behind; ignored by git. */
    public static Path projectWorkFolder() {
        return Project.current().workFolder();
    }

    /** The Spark that was assembled for the jobs. */
    public Path sparkHome() {
        return project.sparkHome();
    }

    /** The jar that has the jobs, and what they need that no Spark has. */
    public Path jobJar() {
        return project.jobJar();
    }

    /** Holds the jobs' logs. */
    public Path logFolder() {
        return logFolder;
    }

    /** For files that nobody needs afterwards; only this user can read it. */
    public Path temporaryFolder() {
        return temporary.path();
    }

    /**
     * The database that {@code bin/pipeline} generates and keeps, started, and filled if it has not been.
     *
     * @param scale 1 means 28,593,030 purchases
     * @param dirtyRate the share of further rows that have a defect
     */
    public Source generated(double scale, double dirtyRate, long seed) throws InterruptedException {
        GeneratedSource wanted = new GeneratedSource(scale, dirtyRate, seed, false, false);
        generated = Optional.of(wanted);
        SourceDatabase database = held.add(GeneratedDatabase.start(
                wanted, spark.cores(), project.workFolder().resolve("database"), temporary.path()));
        try {
            database.prepare(runner());
        } catch (JobFailedException failure) {
            throw explained(failure);
        }
        return new Source() {
            @Override
            public List<String> options() {
                return database.readerOptions();
            }

            @Override
            public void close() {
                generated = Optional.empty();
                database.close();
            }
        };
    }

    /**
     * Runs every job of the pipeline but the one for tables in SQL, which nobody makes whom the pipeline is compared with.
     *
     * @param window the months to work on
     */
    public void run(Path lake, String runId, Window window, List<String> sourceOptions) throws InterruptedException {
        boolean fewRows =
                generated.filter(source -> source.hasFewPurchases(window)).isPresent();
        SparkSettings ofRun = fewRows ? spark.forFewRows() : spark;
        PipelineSettings settings = new PipelineSettings(
                PipelineLake.in(lake),
                runId,
                window,
                List.of(),
                Optional.empty(),
                ofRun,
                null,
                Optional.of(sourceOptions),
                List.of());
        try {
            JobLauncher launcherOfRun = new SparkSubmitCommand(project, ofRun, temporary.path(), System.getenv());
            new Pipeline(runner(launcherOfRun), settings).run(sourceOptions);
        } catch (JobFailedException failure) {
            throw explained(failure);
        }
    }

    /** Runs the extraction of the small tables only, after which the classes that jobs share are archived. */
    public void warmUp(Path lake, List<String> sourceOptions) throws InterruptedException {
        List<String> arguments = new ArrayList<>(PipelineLake.in(lake).options());
        arguments.addAll(sourceOptions);
        run(new JobRequest(RetailJobs.EXTRACT_DIMENSIONS, arguments));
    }

    /** What {@code statement} gives on the lake, as CSV with a header. */
    public String query(Path lake, String statement) throws InterruptedException {
        List<String> arguments = new ArrayList<>(PipelineLake.in(lake).options());
        arguments.addAll(List.of("--format", "csv", statement));
        return run(new JobRequest(RetailJobs.SQL, arguments)).standardOutput();
    }

    /**
     * The process, not started, of another program on the same Spark: launched in every respect as a job is, but for the
     * class and its jars.
     *
     * @param libraries what it needs beside Spark
     */
    public ProcessBuilder likeAJob(String mainClass, Path jar, List<Path> libraries, List<String> arguments) {
        JobDefinition model = RetailJobs.BUILD_PURCHASES;
        ProcessBuilder process = launcher.process(List.of(new JobRequest(model, arguments)));
        List<String> command = new ArrayList<>(process.command());
        command.replaceAll(word -> word.equals(model.className()) ? mainClass : word);
        command.replaceAll(word -> word.equals(project.jobJar().toString()) ? jar.toString() : word);
        String all = String.join(",", libraries.stream().map(Path::toString).toList());
        command.addAll(command.indexOf("--class"), List.of("--jars", all));
        return process.command(command);
    }

    /** Ends what runs, and lets go of the databases and of the temporary files. */
    @Override
    public void close() {
        held.close();
    }

    private JobOutcome run(JobRequest request) throws InterruptedException {
        try {
            return runner().run(List.of(request)).get(0);
        } catch (JobFailedException failure) {
            throw explained(failure);
        }
    }

    private JobRunner runner() {
        return runner(launcher);
    }

    private JobRunner runner(JobLauncher by) {
        JobRunner runner = new JobRunner(by, logFolder, new Told());
        held.add(runner::stop);
        return runner;
    }

    private static CommandException explained(JobFailedException failure) {
        JobOutcome outcome = failure.outcome();
        String why = outcome.errors().isEmpty() ? failure.getMessage() : String.join("\n", outcome.errors());
        return new CommandException(outcome.commandExitCode(), why + "\nlog: " + outcome.log(), failure);
    }

    /** Passes on to the listener what the runner shows. */
    private final class Told implements Display {

        private final Map<JobDefinition, JobProgress> running = new LinkedHashMap<>();

        @Override
        public void planned(List<JobDefinition> jobs) {}

        @Override
        public synchronized void started(JobDefinition job) {
            running.put(job, JobProgress.starting(System.nanoTime()));
            listener.started(job.name());
        }

        @Override
        public synchronized void progress(JobDefinition job, JobLine.Progress progress) {
            JobProgress after = running.get(job).after(progress, System.nanoTime());
            running.put(job, after);
            listener.progress(job.name(), after.line());
        }

        @Override
        public synchronized void ended(JobOutcome outcome) {
            listener.ended(Ended.of(outcome));
        }

        @Override
        public synchronized void note(String line) {
            listener.progress("pipeline", line);
        }

        @Override
        public void close() {}
    }
}
