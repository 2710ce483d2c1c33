package io.retaillake.common.publish;

import java.util.SortedMap;

/**
 * One job's part of a run.
 *
 * @param id the run's name
 * @param job the job's name
 * @param arguments what determines its result, by option name: window, source, flags; not parallelism
 */
public record Run(String id, String job, SortedMap<String, String> arguments) {}
