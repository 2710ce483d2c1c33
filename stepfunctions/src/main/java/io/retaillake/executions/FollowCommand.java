package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;

/** {@code follow}: shows an execution until it ends. */
@Command(
        name = "follow",
        sortOptions = false,
        description =
                "Shows an execution's states and the Glue runs behind them until it ends. Ends with 0 only if it succeeded.")
final class FollowCommand implements Subcommand {

    @Parameters(arity = "0..1", paramLabel = "NAME|ARN", description = "the execution (default: the latest)")
    private String name;

    @Override
    public void run(Session session) throws InterruptedException {
        String followed = name == null ? latest(session) : name;
        DescribeExecutionResponse execution = Starting.existing(session, followed);
        follow(session, followed, execution.redriveCount() == null ? 0 : execution.redriveCount());
    }

    /** Follows an execution that is known to exist. */
    static void follow(Session session, String name, int expectedRedrives) throws InterruptedException {
        new Follower(session, name, expectedRedrives)
                .follow("\n" + name + " goes on without this command. To follow it again: "
                        + session.command("follow", name) + "\nTo end it: " + session.command("stop", name));
    }

    private static String latest(Session session) {
        List<ExecutionListItem> latest = session.stepFunctions().executions(null, 1);
        if (latest.isEmpty()) {
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS,
                    session.stepFunctions().machine().name() + " has no execution yet\nStart one: "
                            + session.command("start", "--all", "--follow"));
        }
        return latest.get(0).name();
    }
}
