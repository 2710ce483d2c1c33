package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/**
 * Shows an execution to a person until it ends. It asks for the latest events every few seconds, so that a long history costs no
 * more than a short one: one request each time, of a quota of some per second.
 */
final class Follower {

    private static final int PAGE = 50;
    private static final int POLL_SECONDS = 3;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int MOST_FAILED_POLLS = 40;
    private static final int MOST_STALE_POLLS = 20;

    private final Session session;
    private final String name;
    private final int expectedRedrives;
    private final Timeline timeline = new Timeline();
    private int failedPolls;
    private int stalePolls;

    /**
     * Follows the execution {@code name}.
     *
     * @param expectedRedrives how often it was redriven; the history, which lags behind, has ended only when it tells of as many
     */
    Follower(Session session, String name, int expectedRedrives) {
        this.session = session;
        this.name = name;
        this.expectedRedrives = expectedRedrives;
    }

    /**
     * Returns when the execution has succeeded.
     *
     * @param interrupted what to say on Ctrl-C
     * @throws CommandException exit code 3 if the execution did not succeed, 4 if AWS can't be asked any longer
     */
    void follow(String interrupted) throws InterruptedException {
        View view = new View(session.err(), session.columns());
        Interruption interruption = Interruption.watch(view, session.err(), interrupted);
        try {
            view.print("following " + name + "  "
                    + session.stepFunctions().machine().executionLink(name));
            while (!hasEnded(view)) {
                for (int second = 0; second < POLL_SECONDS; second++) {
                    view.show(StatusTable.lines(name, timeline, now()));
                    session.pause().millis(MILLIS_PER_SECOND);
                }
            }
            view.show(StatusTable.lines(name, timeline, now()));
        } finally {
            view.close();
            interruption.forget();
        }
        String end = name + " " + timeline.status() + " after " + Durations.text(timeline.duration(now()));
        if (timeline.status() != ExecutionStatus.SUCCEEDED) {
            throw new CommandException(
                    ExecutionsCommand.EXECUTION_FAILED, FailureReport.text(session, name, end, timeline));
        }
        session.out().println(end);
    }

    private Instant now() {
        return session.clock().instant();
    }

    /** Looks at AWS once. */
    private boolean hasEnded(View view) {
        try {
            newEvents().forEach(event -> accept(event, view));
        } catch (CommandException e) {
            if (!AwsFailures.isPassing(e) || ++failedPolls > MOST_FAILED_POLLS) {
                throw new CommandException(
                        e.exitCode(),
                        e.getMessage() + "\n" + name + " goes on without this command. To follow it again: "
                                + session.command("follow", name),
                        e);
            }
            if (failedPolls == 1) {
                view.print("AWS does not answer for now, asking again: "
                        + e.getMessage().lines().findFirst().orElse(""));
            }
            return false;
        }
        failedPolls = 0;
        if (timeline.status() == ExecutionStatus.RUNNING) {
            return false;
        }
        return timeline.redrives() >= expectedRedrives || ++stalePolls > MOST_STALE_POLLS;
    }

    private void accept(HistoryEvent event, View view) {
        int redrives = timeline.redrives();
        Optional<Step> step = timeline.accept(event);
        String time = String.format(Locale.ROOT, "%8s  ", Durations.text(timeline.since(event.timestamp())));
        if (timeline.redrives() > redrives) {
            view.print(time + "redriven");
        }
        step.flatMap(changed ->
                        Change.of(event, changed, session.stepFunctions().machine()))
                .filter(change -> change.lasting() || !view.isTerminal())
                .ifPresent(change -> view.print(time + change.text()));
    }

    /** The events since the last look, the earliest first. */
    private List<HistoryEvent> newEvents() {
        List<HistoryEvent> events = new ArrayList<>();
        String token = null;
        boolean reachedKnown;
        do {
            GetExecutionHistoryResponse page = session.stepFunctions().latestEvents(name, PAGE, token);
            List<HistoryEvent> unknown = page.events().stream()
                    .filter(event -> event.id() > timeline.lastEventId())
                    .toList();
            events.addAll(unknown);
            reachedKnown = unknown.size() < page.events().size();
            token = page.nextToken();
        } while (token != null && !reachedKnown);
        events.sort(Comparator.comparing(HistoryEvent::id));
        return events;
    }
}
