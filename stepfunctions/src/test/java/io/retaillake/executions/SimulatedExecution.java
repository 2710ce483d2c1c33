package io.retaillake.executions;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An execution in the simulator: what its history tells up to now is what it is. */
final class SimulatedExecution {

    private static final Map<String, String> ENDS = Map.of(
            "ExecutionSucceeded",
            "SUCCEEDED",
            "ExecutionFailed",
            "FAILED",
            "ExecutionTimedOut",
            "TIMED_OUT",
            "ExecutionAborted",
            "ABORTED");

    private final String name;
    private final String input;
    private final Instant started;
    private final Clock clock;
    private final History history;
    private int redrives;
    private boolean forgotten;
    private String notRedrivableReason;

    SimulatedExecution(String name, String input, Clock clock, Script script) {
        this.name = name;
        this.input = input;
        this.clock = clock;
        this.started = clock.instant();
        this.history = new History(started);
        long start = history.add(0, "ExecutionStarted", "executionStartedEventDetails", Map.of("input", input));
        script.write(history, start);
    }

    String name() {
        return name;
    }

    String input() {
        return input;
    }

    Instant started() {
        return started;
    }

    int redrives() {
        return redrives;
    }

    /** Whether AWS knows only its name any longer. */
    boolean isForgotten() {
        return forgotten;
    }

    void forget() {
        forgotten = true;
    }

    /** The events that have happened by now. */
    List<History.Event> events() {
        return history.events().stream()
                .filter(event -> !event.time().isAfter(clock.instant()))
                .toList();
    }

    String status() {
        return end().map(event -> ENDS.get(event.type())).orElse("RUNNING");
    }

    Optional<Instant> stopped() {
        return end().map(History.Event::time);
    }

    private Optional<History.Event> end() {
        List<History.Event> events = events();
        History.Event last = events.get(events.size() - 1);
        return ENDS.containsKey(last.type()) ? Optional.of(last) : Optional.empty();
    }

    /** From now on AWS refuses to redrive it. */
    void refuseRedrive(String reason) {
        notRedrivableReason = reason;
    }

    /** Why it can't be redriven; nothing if it can. */
    Optional<String> notRedrivableReason() {
        if (notRedrivableReason != null) {
            return Optional.of(notRedrivableReason);
        }
        return Set.of("FAILED", "TIMED_OUT", "ABORTED").contains(status())
                ? Optional.empty()
                : Optional.of("Execution is " + status() + " and cannot be redriven");
    }

    void redrive(Script script) {
        redrives++;
        history.notBefore(clock.instant());
        long redriven = history.add(
                history.last(), "ExecutionRedriven", "executionRedrivenEventDetails", Map.of("redriveCount", redrives));
        script.write(history, redriven);
    }

    void stop(String error, String cause) {
        history.cutOff(clock.instant());
        history.add(
                history.last(),
                "ExecutionAborted",
                "executionAbortedEventDetails",
                Map.of("error", error, "cause", cause));
    }
}
