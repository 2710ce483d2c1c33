package io.retaillake.common.publish;

import io.retaillake.common.run.JobArguments;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One job's part of a run.
 *
 * @param id the run's name
 * @param job the job's name
 * @param arguments what determines its result, by option name: window, source, flags; not parallelism
 */
public record Run(String id, String job, SortedMap<String, String> arguments) {

    /** The part of {@code job}, whose result only the window determines. */
    public static Run ofWindow(JobArguments arguments, String job) {
        return new Run(
                arguments.runId(),
                job,
                new TreeMap<>(Map.of("window", arguments.window().toString())));
    }
}
