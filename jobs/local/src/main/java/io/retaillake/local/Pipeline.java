package io.retaillake.local;

import java.util.ArrayList;
import java.util.List;

/** The order in which a pipeline's jobs run, and what each is told. */
final class Pipeline {

    private static final int CORES_THAT_ONE_JOB_FILLS = 2;

    private final JobRunner runner;
    private final PipelineSettings settings;

    Pipeline(JobRunner runner, PipelineSettings settings) {
        this.runner = runner;
        this.settings = settings;
    }

    /**
     * Runs every stage after the source's.
     *
     * @param sourceOptions let a job read the source
     * @throws JobFailedException if a job fails; later stages do not run then
     */
    List<JobOutcome> run(List<String> sourceOptions) throws InterruptedException {
        List<JobOutcome> outcomes = new ArrayList<>();
        for (Stage stage : List.of(Stage.BRONZE, Stage.SILVER, Stage.GOLD, Stage.REPORT, Stage.VERIFY)) {
            List<JobRequest> requests = Job.of(stage).stream()
                    .map(job -> new JobRequest(job, arguments(job, sourceOptions)))
                    .toList();
            outcomes.addAll(runner.run(requests, jobsAtOnce(settings.spark().cores())));
        }
        return outcomes;
    }

    /**
     * How many independent jobs run side by side. On two cores one job keeps both busy, and a second one only takes a second
     * heap; with more, one job's start and its single-threaded ends overlap another's work.
     */
    static int jobsAtOnce(int cores) {
        return cores <= CORES_THAT_ONE_JOB_FILLS ? 1 : 2;
    }

    private List<String> arguments(Job job, List<String> sourceOptions) {
        List<String> arguments = new ArrayList<>(settings.lake().options());
        arguments.addAll(List.of("--run-id", settings.runId()));
        arguments.addAll(settings.window());
        if (job.readsSource()) {
            arguments.addAll(sourceOptions);
        }
        return arguments;
    }
}
