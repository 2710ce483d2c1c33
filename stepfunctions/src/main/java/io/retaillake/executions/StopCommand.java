package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** {@code stop}: ends a running execution. */
@Command(
        name = "stop",
        sortOptions = false,
        description = "Ends a running execution; Step Functions stops its Glue runs. A redrive takes it up again.")
final class StopCommand implements Subcommand {

    private static final String ERROR = "Stopped";
    private static final int LONGEST_CAUSE = 32768;

    @Parameters(paramLabel = "NAME|ARN", description = "the execution")
    private String name;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "stopped with bin/executions",
            description = "what the execution's history will say (default: ${DEFAULT-VALUE})")
    private String reason;

    @Override
    public void check(List<String> problems) {
        if (reason != null && reason.length() > LONGEST_CAUSE) {
            problems.add("--reason has " + reason.length() + " characters; give up to " + LONGEST_CAUSE);
        }
    }

    @Override
    public void run(Session session) {
        DescribeExecutionResponse execution = Starting.existing(session, name);
        if (execution.status() != ExecutionStatus.RUNNING) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    name + " is not running: " + execution.statusAsString() + "\nRunning ones: "
                            + session.command("list", "--status", "RUNNING"));
        }
        session.stepFunctions().stop(name, ERROR, reason);
        session.out().println("stopped " + name + " (" + reason + ")");
        session.out().println("take it up again: " + session.command("redrive", name));
    }
}
