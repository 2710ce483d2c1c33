package io.retaillake.common.job;

/** What a job's exit code says. */
public enum ExitCode {
    /** A defect in this library. */
    DEFECT(1),
    /** Bad arguments or configuration; nothing was touched. */
    BAD_ARGUMENTS(2),
    /** A check failed; nothing was published. */
    BAD_DATA(3),
    /** An outside system (database, secret store, catalog, storage) refused or failed. */
    OUTSIDE_SYSTEM(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }
}
