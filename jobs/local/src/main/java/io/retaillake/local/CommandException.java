package io.retaillake.local;

import java.util.List;

/** Something that the person at the keyboard can put right: every problem found, and the exit code that says of which kind. */
final class CommandException extends RuntimeException {

    /** Bad arguments or configuration. */
    static final int BAD_ARGUMENTS = 2;

    /** An outside system: a database, a disk, another process. */
    static final int OUTSIDE_SYSTEM = 4;

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final List<String> problems;

    CommandException(int exitCode, String problem) {
        this(exitCode, List.of(problem), null);
    }

    CommandException(int exitCode, String problem, Throwable cause) {
        this(exitCode, List.of(problem), cause);
    }

    CommandException(int exitCode, List<String> problems) {
        this(exitCode, problems, null);
    }

    private CommandException(int exitCode, List<String> problems, Throwable cause) {
        super(String.join("; ", problems), cause);
        this.exitCode = exitCode;
        this.problems = List.copyOf(problems);
    }

    int exitCode() {
        return exitCode;
    }

    List<String> problems() {
        return problems;
    }
}
