package io.retaillake.local;

import io.retaillake.common.job.MonthOptions;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.jobs.RetailJobs;
import java.util.ArrayList;
import java.util.List;

/** The order in which a pipeline's jobs run, and what each is told. */
final class Pipeline {

    private final JobRunner runner;
    private final PipelineSettings settings;

    Pipeline(JobRunner runner, PipelineSettings settings) {
        this.runner = runner;
        this.settings = settings;
    }

    /**
     * Runs every stage after the source's, job by job: one job keeps a few cores busy, and a second one beside it would only
     * take a second heap.
     *
     * @param sourceOptions let a job read the source
     * @throws JobFailedException if a job fails; those after it do not run then
     */
    List<JobOutcome> run(List<String> sourceOptions) throws InterruptedException {
        return runner.run(JobRegistry.load().pipeline().stream()
                .filter(job -> settings.definitions().isPresent() || !job.equals(RetailJobs.BUILD_TABLE))
                .map(job -> new JobRequest(job, arguments(job, sourceOptions)))
                .toList());
    }

    private List<String> arguments(JobDefinition job, List<String> sourceOptions) {
        List<String> arguments = new ArrayList<>(settings.lake().options());
        arguments.addAll(List.of("--run-id", settings.runId()));
        arguments.addAll(MonthOptions.arguments(settings.window()));
        if (job.connects()) {
            arguments.addAll(sourceOptions);
        }
        if (job.parallelReads()) {
            arguments.addAll(settings.reading());
        }
        if (job.equals(RetailJobs.BUILD_TABLE)) {
            arguments.addAll(settings.definitions().orElseThrow());
        }
        if (job.equals(RetailJobs.VERIFY_RUN) && settings.definitions().isEmpty()) {
            arguments.add("--without-sql-tables");
        }
        return arguments;
    }
}
