package io.retaillake.statemachine;

import io.retaillake.local.JobsOnLocalServers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Glue whose jobs are the real ones, started on this machine as Glue starts them; each takes the virtual time that it really took. */
final class RealGlue implements Tasks {

    private final JobsOnLocalServers jobs;
    private final Map<String, JobsOnLocalServers.Ended> ended = new LinkedHashMap<>();

    RealGlue(JobsOnLocalServers jobs) {
        this.jobs = jobs;
    }

    /** The last run of each job, in the order in which they started. */
    Map<String, JobsOnLocalServers.Ended> ended() {
        return ended;
    }

    @Override
    public Reply call(String resource, Map<String, Object> arguments, Instant now) {
        String jobName = (String) arguments.get("JobName");
        String job = jobName.substring(Machines.JOB_NAME_PREFIX.length());
        String runId = "jr_" + (ended.size() + 1);
        List<String> all = new ArrayList<>(List.of("--JOB_NAME", jobName, "--JOB_RUN_ID", runId, "--enable-metrics"));
        Json.object(arguments.get("Arguments")).forEach((name, value) -> all.addAll(List.of(name, (String) value)));
        long started = System.nanoTime();
        try {
            ended.put(job, jobs.run(job, all));
        } catch (IOException e) {
            throw new IllegalStateException(job + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(job + " was interrupted", e);
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - started);
        return ended.get(job).succeeded()
                ? new Result(Map.of("JobName", jobName, "Id", runId, "JobRunState", "SUCCEEDED"), duration)
                : new Failure("States.TaskFailed", ended.get(job).message(), duration);
    }
}
