package io.retaillake.common.job;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A failure that a person can act on: its message says what happened, why, and what to do; its exit code says whose it
 * is.
 */
public final class JobException extends RuntimeException {

    private final ExitCode exitCode;

    private JobException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public ExitCode exitCode() {
        return exitCode;
    }

    /** This failure, said to be in a part of what was asked for. */
    public JobException in(String part) {
        return new JobException(exitCode, part + ": " + getMessage(), this);
    }

    /** The arguments or the configuration are wrong; nothing was touched. */
    public static JobException badArguments(String message) {
        return new JobException(ExitCode.BAD_ARGUMENTS, message, null);
    }

    /** The data is not what it must be; nothing was published. */
    public static JobException badData(String message) {
        return new JobException(ExitCode.BAD_DATA, message, null);
    }

    /** A database, secret store, catalog or file system refused or failed. */
    public static JobException outsideSystem(String message, Throwable cause) {
        return new JobException(ExitCode.OUTSIDE_SYSTEM, message, cause);
    }

    /** Several failures as one, with the exit code of the first and all messages. */
    public static JobException several(List<JobException> failures) {
        String messages = failures.stream().map(JobException::getMessage).collect(Collectors.joining("\n\n"));
        JobException several = new JobException(failures.get(0).exitCode, messages, failures.get(0));
        failures.stream().skip(1).forEach(several::addSuppressed);
        return several;
    }

    /** A defect of this library. */
    public static JobException defect(String message, Throwable cause) {
        return new JobException(ExitCode.DEFECT, message, cause);
    }
}
