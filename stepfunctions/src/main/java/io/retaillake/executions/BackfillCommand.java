package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.MonthOptions;
import io.retaillake.common.job.Window;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** {@code backfill}: month after month, each in an execution of its own. */
@Command(
        name = "backfill",
        sortOptions = false,
        description =
                "Runs the pipeline month by month, one after the other, and follows each. Typed again it goes on: a month"
                        + " that has succeeded is skipped, one that runs is followed, one that failed is redriven, or run again where AWS"
                        + " does not redrive it. Stops at the first failure.")
final class BackfillCommand implements Subcommand {

    @Mixin
    private MonthOptions months;

    private Window window;

    @Override
    public void check(List<String> problems) {
        months.window(problems::add).ifPresent(given -> window = given);
        if (!months.areGiven()) {
            problems.add("give --from and --to");
        }
    }

    @Override
    public void run(Session session) throws InterruptedException {
        for (YearMonth month = window.from(); !month.isAfter(window.to()); month = month.plusMonths(1)) {
            run(session, month);
        }
        session.out().println("all months from " + window.from() + " to " + window.to() + " are done");
    }

    private void run(Session session, YearMonth month) throws InterruptedException {
        List<ExecutionListItem> executions = session.stepFunctions().executions();
        List<ExecutionListItem> ofMonth = Starting.of(new Window(month, month), executions);
        Optional<ExecutionListItem> succeeded = withStatus(ExecutionStatus.SUCCEEDED, ofMonth);
        if (succeeded.isPresent()) {
            session.out()
                    .println(month + ": done already, by " + succeeded.get().name());
            return;
        }
        Optional<ExecutionListItem> running = withStatus(ExecutionStatus.RUNNING, ofMonth);
        if (running.isPresent()) {
            session.out().println(month + ": " + running.get().name() + " is already running");
            follow(session, month, running.get().name(), running.get().redriveCount());
            return;
        }
        Starting.refuseBeside(session, Starting.running(session.stepFunctions()));
        if (ofMonth.isEmpty() || !redriven(session, month, ofMonth.get(0))) {
            String name = Starting.startNext(session.stepFunctions(), new Window(month, month), executions)
                    .text();
            session.out().println(month + ": started " + name);
            follow(session, month, name, 0);
        }
    }

    private boolean redriven(Session session, YearMonth month, ExecutionListItem latest) throws InterruptedException {
        DescribeExecutionResponse execution = Starting.existing(session, latest.name());
        if (execution.redriveStatus() != ExecutionRedriveStatus.REDRIVABLE) {
            return false;
        }
        int redrives = RedriveCommand.redrive(session, execution);
        session.out().println(month + ": redriven " + latest.name() + ", which was " + latest.statusAsString());
        follow(session, month, latest.name(), redrives);
        return true;
    }

    private void follow(Session session, YearMonth month, String name, Integer redrives) throws InterruptedException {
        String goOn = session.command(
                "backfill", "--from", month.toString(), "--to", window.to().toString());
        try {
            new Follower(session, name, redrives == null ? 0 : redrives)
                    .follow("\n" + name + " goes on without this command; later months are not started." + " To go on: "
                            + goOn + "\nTo end it: " + session.command("stop", name));
        } catch (CommandException e) {
            String after = e.exitCode() == ExecutionsCommand.EXECUTION_FAILED
                    ? "\nLater months are not started. When it has succeeded: "
                    : "\nLater months are not started. To go on: ";
            throw new CommandException(e.exitCode(), e.getMessage() + after + goOn, e);
        }
    }

    private static Optional<ExecutionListItem> withStatus(ExecutionStatus status, List<ExecutionListItem> executions) {
        return executions.stream()
                .filter(execution -> execution.status() == status)
                .findFirst();
    }
}
