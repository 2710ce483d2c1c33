package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.MonthOptions;
import io.retaillake.common.job.Window;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;

/** {@code start}: starts the pipeline for a window. */
@Command(name = "start", sortOptions = false, description = "Starts the pipeline for some months, or for everything.")
final class StartCommand implements Subcommand {

    @Mixin
    private MonthOptions months;

    @Option(names = "--all", description = "everything that the source has, instead of --from and --to")
    private boolean all;

    @Option(names = "--again", description = "run a window that has run before; the name ends in -r2, -r3, …")
    private boolean again;

    @Option(names = "--follow", description = "then follow the execution to its end")
    private boolean follow;

    private Window window;

    @Override
    public void check(List<String> problems) {
        months.window(problems::add).ifPresent(given -> window = given);
        if (all == months.areGiven()) {
            problems.add(all ? "give either --all or --from and --to" : "give --from and --to, or --all");
        }
        if (all) {
            window = Window.all();
        }
    }

    @Override
    public void run(Session session) throws InterruptedException {
        List<ExecutionListItem> running = Starting.running(session.stepFunctions());
        List<ExecutionListItem> same = Starting.of(window, running);
        if (!again && !same.isEmpty() && same.size() == running.size()) {
            String name = same.get(0).name();
            session.out().println(name + " is already running");
            goOn(session, name);
            return;
        }
        Starting.refuseBeside(session, running);
        String name = again
                ? Starting.startNext(
                                session.stepFunctions(),
                                window,
                                session.stepFunctions().executions())
                        .text()
                : startFirst(session);
        session.out()
                .println("started " + name + "  "
                        + session.stepFunctions().machine().executionLink(name));
        goOn(session, name);
    }

    private void goOn(Session session, String name) throws InterruptedException {
        if (follow) {
            FollowCommand.follow(session, name, 0);
        } else {
            session.out().println("follow it: " + session.command("follow", name));
        }
    }

    private String startFirst(Session session) {
        ExecutionName name = ExecutionName.first(window);
        if (session.stepFunctions().start(name)) {
            return name.text();
        }
        String again = "\nRun it again: " + Starting.againCommand(session, window);
        String status = session.stepFunctions()
                .describe(name.text())
                .map(execution -> ": " + execution.statusAsString() + redriveHint(session, execution))
                .orElse("; AWS refuses its name for 90 days after its end");
        throw new CommandException(
                CommandException.BAD_ARGUMENTS, name.text() + " has been started before" + status + again);
    }

    private static String redriveHint(Session session, DescribeExecutionResponse execution) {
        return execution.redriveStatus() == ExecutionRedriveStatus.REDRIVABLE
                ? "\nGo on where it failed: " + session.command("redrive", execution.name())
                : "";
    }
}
