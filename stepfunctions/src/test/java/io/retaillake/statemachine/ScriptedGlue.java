package io.retaillake.statemachine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Glue whose jobs succeed after a minute, unless the test says otherwise. */
final class ScriptedGlue implements Tasks {

    static final Duration JOB_DURATION = Duration.ofMinutes(1);

    private final Map<String, Deque<Failure>> failures = new HashMap<>();
    private final Map<String, Duration> durations = new HashMap<>();
    private int runs;

    /** Lets the next {@code times} runs of a job end in an error, at once. */
    ScriptedGlue failing(String job, int times, String error) {
        for (int i = 0; i < times; i++) {
            failures.computeIfAbsent(job, key -> new ArrayDeque<>())
                    .add(new Failure(error, job + " said why", Duration.ZERO));
        }
        return this;
    }

    ScriptedGlue lasting(String job, Duration duration) {
        durations.put(job, duration);
        return this;
    }

    @Override
    public Reply call(String resource, Map<String, Object> arguments, Instant now) {
        String jobName = (String) arguments.get("JobName");
        String job = jobName.substring(Machines.JOB_NAME_PREFIX.length());
        Deque<Failure> scripted = failures.getOrDefault(job, new ArrayDeque<>());
        if (!scripted.isEmpty()) {
            return scripted.remove();
        }
        runs++;
        return new Result(
                Map.of("JobName", jobName, "Id", "jr_" + runs, "Attempt", 0, "JobRunState", "SUCCEEDED"),
                durations.getOrDefault(job, JOB_DURATION));
    }
}
