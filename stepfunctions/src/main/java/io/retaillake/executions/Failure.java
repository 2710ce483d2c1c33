package io.retaillake.executions;

import java.util.List;
import java.util.Optional;

/**
 * Why a task, a state or an execution did not succeed.
 *
 * @param error its name, e.g. {@code States.TaskFailed}
 * @param cause as Step Functions tells it; may be empty
 */
record Failure(String error, String cause) {

    private static final int MOST_LINES = 20;
    private static final int MOST_CHARACTERS = 2000;

    Failure {
        error = error == null || error.isEmpty() ? "no error given" : error;
        cause = cause == null ? "" : cause;
    }

    /**
     * The lines of the cause that tell a person something. A failed Glue run's cause is the run as JSON: of that, the message and
     * the state; of a stack trace, the messages.
     */
    List<String> interestingLines() {
        String message = glueMessage().orElse(cause);
        if (message.length() > MOST_CHARACTERS) {
            message = message.substring(0, MOST_CHARACTERS) + " …";
        }
        return message.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty() && !line.matches("\\s+at .*|\\s+\\.\\.\\. \\d+ more"))
                .limit(MOST_LINES)
                .toList();
    }

    /** Error and the first interesting line. */
    String inOneLine() {
        return interestingLines().stream()
                .findFirst()
                .map(line -> error + ": " + line)
                .orElse(error);
    }

    private Optional<String> glueMessage() {
        Optional<String> state = Json.member(cause, "JobRunState");
        Optional<String> message = Json.member(cause, "ErrorMessage");
        return message.or(() -> state.map(name -> "the Glue run's state is " + name));
    }
}
