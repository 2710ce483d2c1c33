package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import java.util.List;

/**
 * A job to run.
 *
 * @param job which
 * @param arguments the job's own options
 */
record JobRequest(JobDefinition job, List<String> arguments) {

    JobRequest {
        arguments = List.copyOf(arguments);
    }
}
