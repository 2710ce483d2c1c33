package io.retaillake.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a job's process ended.
 *
 * @param request what ran
 * @param exitCode the process's
 * @param processSeconds from its start to its end
 * @param finished what the job said of itself at its end; absent if it failed
 * @param errors the lines of its error message
 * @param standardOutput what it printed as its result
 * @param log holds all of its output
 */
record JobOutcome(
        JobRequest request,
        int exitCode,
        double processSeconds,
        Optional<JobLine.Finished> finished,
        List<String> errors,
        String standardOutput,
        Path log) {

    JobOutcome {
        errors = List.copyOf(errors);
    }

    Job job() {
        return request.job();
    }

    boolean failed() {
        return exitCode != 0;
    }
}
