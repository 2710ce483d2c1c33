package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;

/** {@code redrive}: goes on with an execution where it failed. */
@Command(
        name = "redrive",
        sortOptions = false,
        description =
                "Goes on with an execution that failed, was stopped or timed out: at the states that did not succeed, with"
                        + " the same input, the same definition and the same run id. Possible for 14 days.")
final class RedriveCommand implements Subcommand {

    @Parameters(paramLabel = "NAME|ARN", description = "the execution")
    private String name;

    @Option(names = "--follow", description = "then follow the execution to its end")
    private boolean follow;

    @Override
    public void run(Session session) throws InterruptedException {
        DescribeExecutionResponse execution = Starting.existing(session, name);
        Starting.refuseBeside(session, Starting.running(session.stepFunctions()));
        int redrives = redrive(session, execution);
        session.out()
                .println("redriven " + name + "  "
                        + session.stepFunctions().machine().executionLink(name));
        if (follow) {
            FollowCommand.follow(session, name, redrives);
        } else {
            session.out().println("follow it: " + session.command("follow", name));
        }
    }

    /** Redrives {@code execution}; returns how often it has been then. */
    static int redrive(Session session, DescribeExecutionResponse execution) {
        Optional<String> refused = execution.redriveStatus() == ExecutionRedriveStatus.NOT_REDRIVABLE
                ? Optional.of(String.valueOf(execution.redriveStatusReason()))
                : session.stepFunctions().redrive(execution.name());
        if (refused.isPresent()) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    execution.name() + " (" + execution.statusAsString() + ") can't be redriven: " + refused.get()
                            + ExecutionName.parse(execution.name())
                                    .map(parsed -> "\nRun its window again: "
                                            + Starting.againCommand(session, parsed.window()))
                                    .orElse(""));
        }
        return (execution.redriveCount() == null ? 0 : execution.redriveCount()) + 1;
    }
}
