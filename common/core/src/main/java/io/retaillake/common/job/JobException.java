package io.retaillake.common.job;

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

    /** A defect of this library. */
    public static JobException defect(String message, Throwable cause) {
        return new JobException(ExitCode.DEFECT, message, cause);
    }
}
