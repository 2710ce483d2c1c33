package io.retaillake.local;

import java.util.List;

/**
 * A job to run.
 *
 * @param job which
 * @param arguments the job's own options
 */
record JobRequest(Job job, List<String> arguments) {

    JobRequest {
        arguments = List.copyOf(arguments);
    }
}
