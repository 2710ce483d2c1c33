package io.retaillake.executions;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** {@code list}: the executions, the latest first. */
@Command(name = "list", sortOptions = false, description = "Lists executions, the latest first.")
final class ListCommand implements Subcommand {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT);

    @Option(
            names = "--status",
            paramLabel = "S",
            description = "only RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED ones")
    private String status;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "at most so many (default: ${DEFAULT-VALUE})")
    private int limit;

    @Override
    public void check(List<String> problems) {
        if (status != null && status() == ExecutionStatus.UNKNOWN_TO_SDK_VERSION) {
            problems.add("--status is '" + status + "'; give RUNNING, SUCCEEDED, FAILED, TIMED_OUT or ABORTED");
        }
        if (limit < 1) {
            problems.add("--limit is " + limit + "; give a number from 1 up");
        }
    }

    private ExecutionStatus status() {
        return status == null
                ? null
                : ExecutionStatus.fromValue(status.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Override
    public void run(Session session) {
        List<ExecutionListItem> executions = session.stepFunctions().executions(status(), limit);
        int width = executions.stream()
                .mapToInt(execution -> execution.name().length())
                .max()
                .orElse(0);
        String format = "%-" + Math.max(width, "name".length()) + "s  %-16s  %-9s  %-26s  %8s  %8s";
        session.out()
                .println(String.format(
                        Locale.ROOT, format, "name", "months", "status", "started", "duration", "redrives"));
        for (ExecutionListItem execution : executions) {
            session.out()
                    .println(String.format(
                            Locale.ROOT,
                            format,
                            execution.name(),
                            ExecutionName.parse(execution.name())
                                    .map(name -> name.window().toString())
                                    .orElse("-"),
                            execution.statusAsString(),
                            TIME.format(
                                    execution.startDate().atZone(session.clock().getZone())),
                            Durations.text(duration(execution, session.clock().instant())),
                            execution.redriveCount() == null ? 0 : execution.redriveCount()));
        }
    }

    private static Duration duration(ExecutionListItem execution, Instant now) {
        return Duration.between(execution.startDate(), execution.stopDate() == null ? now : execution.stopDate());
    }
}
