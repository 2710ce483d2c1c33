package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;

/** What a person reads about an execution that did not succeed: where it failed, why, and what to type next. */
final class FailureReport {

    private FailureReport() {}

    /** The whole message, which begins with {@code heading}. */
    static String text(Session session, String name, String heading, Timeline timeline) {
        List<String> lines = new ArrayList<>(List.of(heading));
        List<Step> failed = timeline.failedSteps();
        for (Step step : failed) {
            Optional<Failure> why = step.failure().or(timeline::failure);
            lines.add(step.label() + " failed" + (step.attempts() > 1 ? " in attempt " + step.attempts() : "")
                    + why.map(failure -> ": " + failure.error()).orElse(""));
            why.ifPresent(failure -> failure.interestingLines().forEach(line -> lines.add("  " + line)));
            step.glueRun()
                    .ifPresent(run -> lines.add("  Glue run " + run.id() + " of " + run.jobName() + ": "
                            + session.stepFunctions().machine().glueRunLink(run)));
        }
        if (failed.isEmpty()) {
            timeline.failure().ifPresent(failure -> {
                lines.add(failure.error());
                failure.interestingLines().forEach(line -> lines.add("  " + line));
            });
        }
        lines.add(whatNext(session, name));
        return String.join("\n", lines);
    }

    private static String whatNext(Session session, String name) {
        Optional<DescribeExecutionResponse> execution = find(session, name);
        if (execution
                .filter(found -> found.redriveStatus() == ExecutionRedriveStatus.NOT_REDRIVABLE)
                .isEmpty()) {
            return "When the cause is fixed, go on where it failed: " + session.command("redrive", name, "--follow");
        }
        String reason = String.valueOf(execution.get().redriveStatusReason());
        return "It can't be redriven (" + reason + ")."
                + ExecutionName.parse(name)
                        .map(parsed -> " When the cause is fixed: " + Starting.againCommand(session, parsed.window()))
                        .orElse("");
    }

    /** What AWS says of the execution; nothing where it can't be asked, for how the execution failed must be told all the same. */
    private static Optional<DescribeExecutionResponse> find(Session session, String name) {
        try {
            return session.stepFunctions().describe(name);
        } catch (CommandException e) {
            return Optional.empty();
        }
    }
}
