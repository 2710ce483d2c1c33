package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.MonthOptions;
import io.retaillake.common.job.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * What starting an execution takes: that no other one runs, and a name that AWS does not refuse. The list of running executions
 * lags a little behind, so two people who start two windows in the same second are not kept apart; the same window's name can be
 * taken only once.
 */
final class Starting {

    private static final int MOST_NAMES = 100;

    private Starting() {}

    /** The running executions. */
    static List<ExecutionListItem> running(StepFunctions stepFunctions) {
        return stepFunctions.executions(ExecutionStatus.RUNNING, Integer.MAX_VALUE);
    }

    /** Those of {@code executions} that (re)build exactly {@code window}. */
    static List<ExecutionListItem> of(Window window, List<ExecutionListItem> executions) {
        return executions.stream()
                .filter(execution -> ExecutionName.parse(execution.name())
                        .filter(name -> name.window().equals(window))
                        .isPresent())
                .toList();
    }

    /** Refuses, with what to do, when one of {@code running} is there. */
    static void refuseBeside(Session session, List<ExecutionListItem> running) {
        if (running.isEmpty()) {
            return;
        }
        String names =
                String.join(", ", running.stream().map(ExecutionListItem::name).toList());
        throw new CommandException(
                CommandException.OUTSIDE_SYSTEM,
                names + " is running, and two executions would get in each other's way\nWait for its end: "
                        + session.command("follow", running.get(0).name()) + "\nor end it: "
                        + session.command("stop", running.get(0).name()));
    }

    /**
     * Starts a further execution of {@code window}: under the name behind the last one listed, or the next that AWS takes, as it
     * remembers names for longer than it lists them.
     */
    static ExecutionName startNext(StepFunctions stepFunctions, Window window, List<ExecutionListItem> listed) {
        ExecutionName name = of(window, listed).stream()
                .flatMap(execution -> ExecutionName.parse(execution.name()).stream())
                .max(Comparator.comparingInt(ExecutionName::run))
                .map(ExecutionName::next)
                .orElse(ExecutionName.first(window));
        for (int tried = 0; tried < MOST_NAMES; tried++) {
            if (stepFunctions.start(name)) {
                return name;
            }
            name = name.next();
        }
        throw new CommandException(
                CommandException.OUTSIDE_SYSTEM,
                "AWS refuses " + MOST_NAMES + " names up to " + name.text() + " as used\nStart it in the console.");
    }

    /** The execution, or an error that names those there are. */
    static DescribeExecutionResponse existing(Session session, String name) {
        Optional<DescribeExecutionResponse> execution = session.stepFunctions().describe(name);
        return execution.orElseThrow(() -> new CommandException(
                CommandException.BAD_ARGUMENTS,
                "there is no execution '" + name + "' of "
                        + session.stepFunctions().machine().arn()
                        + " (AWS forgets them 90 days after their end)\nThose there are: " + session.command("list")));
    }

    /** The command that runs {@code window} again. */
    static String againCommand(Session session, Window window) {
        List<String> words = new ArrayList<>(List.of("start"));
        words.addAll(window.isAll() ? List.of("--all") : MonthOptions.arguments(window));
        words.add("--again");
        return session.command(words.toArray(String[]::new));
    }
}
