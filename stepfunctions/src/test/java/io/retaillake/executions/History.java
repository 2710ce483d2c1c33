package io.retaillake.executions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes an execution's events as Step Functions does: ids in the order of time, each with the id of the event it follows from. */
final class History {

    /**
     * An event as it goes over the wire, and when it happens.
     *
     * @param id from 1 up without gaps
     */
    record Event(long id, Instant time, String type, ObjectNode json) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double MILLIS_PER_SECOND = 1000;

    private final List<Event> events = new ArrayList<>();
    private Instant time;

    /** What happens first happens at {@code start}. */
    History(Instant start) {
        time = start;
    }

    List<Event> events() {
        return events;
    }

    Instant time() {
        return time;
    }

    /** What happens next happens so much later. */
    History later(int seconds) {
        time = time.plusSeconds(seconds);
        return this;
    }

    /** What happens next happens at that time, if it is later. */
    History notBefore(Instant instant) {
        time = time.isBefore(instant) ? instant : time;
        return this;
    }

    /** Forgets what would have happened after {@code now}. */
    void cutOff(Instant now) {
        events.removeIf(event -> event.time().isAfter(now));
        time = now;
    }

    long last() {
        return events.size();
    }

    /** An event without details. */
    long add(long previous, String type) {
        return add(previous, type, null, Map.of());
    }

    /** An event with its details; returns its id. */
    long add(long previous, String type, String detailsName, Map<String, ?> details) {
        ObjectNode json = MAPPER.createObjectNode();
        long id = events.size() + 1L;
        json.put("id", id);
        json.put("previousEventId", previous);
        json.put("timestamp", time.toEpochMilli() / MILLIS_PER_SECOND);
        json.put("type", type);
        if (detailsName != null) {
            json.set(detailsName, MAPPER.valueToTree(details));
        }
        events.add(new Event(id, time, type, json));
        return id;
    }

    long enter(long previous, String kind, String state, String input) {
        return add(previous, kind + "StateEntered", "stateEnteredEventDetails", Map.of("name", state, "input", input));
    }

    long exit(long previous, String kind, String state) {
        return add(previous, kind + "StateExited", "stateExitedEventDetails", Map.of("name", state, "output", "{}"));
    }

    /** A task is handed to Glue, which takes it as the run {@code jr_<number>}. */
    long submit(long previous, String job, int number) {
        Map<String, String> service = Map.of("resourceType", "glue", "resource", "startJobRun.sync");
        long scheduled = add(
                previous,
                "TaskScheduled",
                "taskScheduledEventDetails",
                Map.of(
                        "resourceType",
                        "glue",
                        "resource",
                        "startJobRun.sync",
                        "region",
                        "ap-northeast-2",
                        "parameters",
                        json(Map.of("JobName", job, "Arguments", Map.of("--run-id", "2015-01.20160115")))));
        long started = add(scheduled, "TaskStarted", "taskStartedEventDetails", service);
        return add(
                started,
                "TaskSubmitted",
                "taskSubmittedEventDetails",
                Map.of(
                        "resourceType",
                        "glue",
                        "resource",
                        "startJobRun.sync",
                        "output",
                        json(Map.of("JobName", job, "JobRunId", "jr_" + number))));
    }

    /** The Glue run succeeds, and the state is left. */
    long succeed(long submitted, String job, String state, int number) {
        long succeeded = add(
                submitted,
                "TaskSucceeded",
                "taskSucceededEventDetails",
                Map.of(
                        "resourceType",
                        "glue",
                        "resource",
                        "startJobRun.sync",
                        "output",
                        json(Map.of("JobName", job, "Id", "jr_" + number, "JobRunState", "SUCCEEDED"))));
        return exit(succeeded, "Task", state);
    }

    /** The Glue run fails: its cause is the run as Glue describes it. */
    long fail(long submitted, String job, int number, String message) {
        return add(
                submitted,
                "TaskFailed",
                "taskFailedEventDetails",
                Map.of(
                        "resourceType",
                        "glue",
                        "resource",
                        "startJobRun.sync",
                        "error",
                        "States.TaskFailed",
                        "cause",
                        json(Map.of(
                                "JobName",
                                job,
                                "Id",
                                "jr_" + number,
                                "JobRunState",
                                "FAILED",
                                "Arguments",
                                Map.of("--run-id", "2015-01.20160115"),
                                "ErrorMessage",
                                message))));
    }

    long failExecution(long previous, String error, String cause) {
        return add(previous, "ExecutionFailed", "executionFailedEventDetails", Map.of("error", error, "cause", cause));
    }

    static String json(Object value) {
        return MAPPER.valueToTree(value).toString();
    }
}
