package io.retaillake.common.command;

import java.util.Collection;
import java.util.List;

/** Something that the person at the keyboard can put right: every problem found, and the exit code that says of which kind. */
public final class CommandException extends RuntimeException {

    /** Bad arguments or configuration. */
    public static final int BAD_ARGUMENTS = 2;

    /** An outside system: a database, a disk, another process. */
    public static final int OUTSIDE_SYSTEM = 4;

    private static final long serialVersionUID = 1;

    private final int exitCode;
    private final List<String> problems;

    /** One problem. */
    public CommandException(int exitCode, String problem) {
        this(exitCode, List.of(problem), null);
    }

    /** One problem and what brought it about. */
    public CommandException(int exitCode, String problem, Throwable cause) {
        this(exitCode, List.of(problem), cause);
    }

    /** All problems that were found. */
    public CommandException(int exitCode, List<String> problems) {
        this(exitCode, problems, null);
    }

    private CommandException(int exitCode, List<String> problems, Throwable cause) {
        super(String.join("; ", problems), cause);
        this.exitCode = exitCode;
        this.problems = List.copyOf(problems);
    }

    /** The exit code that the command ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** What is wrong, each with why and what to do. */
    public List<String> problems() {
        return problems;
    }

    /** There is no such command among {@code known}, which are named in their order, with the one that was probably meant. */
    public static CommandException unknownCommand(String command, Collection<String> known) {
        String suggestion = ClosestName.of(command, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        return new CommandException(
                BAD_ARGUMENTS,
                "there is no command '" + command + "'" + suggestion + "\nthe commands are: "
                        + String.join(", ", known));
    }
}
