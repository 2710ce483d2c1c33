package io.retaillake.common.registry;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The jobs of all modules on the class path. Needs neither Spark nor Iceberg. */
public final class JobRegistry {

    private final List<JobDefinition> jobs;

    private JobRegistry(List<JobDefinition> jobs) {
        this.jobs = jobs;
    }

    /** That of the modules that the thread's class loader finds. */
    public static JobRegistry load() {
        return of(modules());
    }

    /**
     * That of some modules.
     *
     * @throws IllegalArgumentException if two jobs have one name, by which a person and AWS know them
     */
    public static JobRegistry of(List<LakeModule> modules) {
        List<JobDefinition> jobs =
                modules.stream().flatMap(module -> module.jobs().stream()).toList();
        Map<String, JobDefinition> named = new HashMap<>();
        for (JobDefinition job : jobs) {
            JobDefinition other = named.put(job.name(), job);
            if (other != null) {
                throw new IllegalArgumentException("Two jobs are called " + job.name() + ": " + other.className()
                        + " and " + job.className() + ". Rename one, or take one of their jars off the class path.");
            }
        }
        return new JobRegistry(jobs);
    }

    static List<LakeModule> modules() {
        return ServiceLoader.load(LakeModule.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** All of them, in the order of their definition. */
    public List<JobDefinition> jobs() {
        return jobs;
    }

    /** The jobs of a stage, in the order of their definition. */
    public List<JobDefinition> of(Stage stage) {
        return jobs.stream().filter(job -> job.stage() == stage).toList();
    }

    /** The pipeline's jobs, in the order in which they run one after the other. */
    public List<JobDefinition> pipeline() {
        return Stage.pipeline().stream().flatMap(stage -> of(stage).stream()).toList();
    }

    /** The job that a person types. */
    public Optional<JobDefinition> named(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /** What a person can type. */
    public List<String> names() {
        return jobs.stream().map(JobDefinition::name).toList();
    }

    /** The jobs that publish a table, those of the pipeline first. */
    public List<JobDefinition> writersOf(String table) {
        return jobs.stream()
                .filter(job -> job.writes().contains(table))
                .sorted((left, right) ->
                        Boolean.compare(right.stage().inPipeline(), left.stage().inPipeline()))
                .toList();
    }

    /** The tables that every run of the pipeline publishes, in the order of its jobs. */
    public List<String> tablesOfRun() {
        return pipeline().stream().flatMap(job -> job.writes().stream()).toList();
    }
}
