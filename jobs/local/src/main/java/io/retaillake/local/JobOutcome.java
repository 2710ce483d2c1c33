package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.registry.JobDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** A shell's way of telling that a signal ended a process: this and the signal's number. */
    private static final int SIGNALLED = 128;

    private static final int MOST_SIGNALS = 64;

    /** How Spark ends a process in which a thread found no memory. */
    private static final int OUT_OF_MEMORY = 52;

    JobOutcome {
        errors = List.copyOf(errors);
    }

    JobDefinition job() {
        return request.job();
    }

    boolean failed() {
        return exitCode != 0;
    }

    /** The number of the signal that ended the process; absent if it ended by itself. */
    OptionalInt signal() {
        boolean killed = errors.isEmpty() && exitCode > SIGNALLED && exitCode <= SIGNALLED + MOST_SIGNALS;
        return killed ? OptionalInt.of(exitCode - SIGNALLED) : OptionalInt.empty();
    }

    /** Whether Spark ended the process because it ran out of memory. What else it then says is a consequence. */
    boolean ranOutOfMemory() {
        return exitCode == OUT_OF_MEMORY;
    }

    /** What the command that ran the job exits with: who kills a job, or gives it too little memory, is outside. */
    int commandExitCode() {
        return signal().isPresent() || ranOutOfMemory() ? CommandException.OUTSIDE_SYSTEM : exitCode;
    }
}
