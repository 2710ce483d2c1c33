package io.retaillake.statemachine;

import io.retaillake.statemachine.JsonataTemplate.EvaluationException;
import io.retaillake.statemachine.Outcome.Failed;
import io.retaillake.statemachine.Outcome.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks through the states of an execution, a branch or an iteration.
 *
 * @param states by name
 * @param tasks the services that they call
 * @param context the context object, but for the state's part
 * @param deadline when the whole execution times out
 */
record Flow(Map<String, Object> states, Tasks tasks, Map<String, Object> context, Instant deadline) {

    private static final String TIMEOUT = "States.Timeout";
    private static final String QUERY_EVALUATION = "States.QueryEvaluationError";

    /** Walks from {@code position} to an end. */
    Outcome run(Position position, Instant start) {
        List<TaskCall> calls = new ArrayList<>();
        Position at = position;
        Instant now = start;
        while (true) {
            Map<String, Object> state = Json.object(states.get(at.state()));
            Map<String, Object> scope = scope(at, now, 0);
            try {
                switch ((String) state.get("Type")) {
                    case "Pass" -> at = next(state, at, scope, at.input());
                    case "Choice" -> at = Position.at(choose(state, scope, at), at.input(), at.variables());
                    case "Succeed" -> {
                        return new Succeeded(output(state, scope, at, at.input()), now, calls);
                    }
                    case "Fail" -> {
                        String error = (String) evaluate(state, "Error", scope, at);
                        return new Failed(error, (String) evaluate(state, "Cause", scope, at), at, now, calls);
                    }
                    default -> {
                        Outcome outcome = attempt(state, at, now);
                        calls.addAll(outcome.calls());
                        now = outcome.end();
                        if (outcome instanceof Failed failed) {
                            Optional<Map<String, Object>> catcher = catcher(state, failed.error());
                            if (catcher.isEmpty() || !now.isBefore(deadline)) {
                                return new Failed(failed.error(), failed.cause(), failed.position(), now, calls);
                            }
                            Object error = Map.of("Error", failed.error(), "Cause", failed.cause());
                            at = Position.at((String) catcher.get().get("Next"), error, at.variables());
                        } else {
                            Object result = ((Succeeded) outcome).output();
                            Map<String, Object> after = scope(at, now, retryCount(state, outcome));
                            Json.object(after.get("states")).put("result", result);
                            if (!state.containsKey("Next")) {
                                return new Succeeded(output(state, after, at, result), now, calls);
                            }
                            at = next(state, at, after, result);
                        }
                    }
                }
            } catch (EvaluationException e) {
                return new Failed(QUERY_EVALUATION, e.getMessage(), at, now, calls);
            }
        }
    }

    /** Every attempt before the last one failed and was retried. */
    private static int retryCount(Map<String, Object> state, Outcome outcome) {
        return state.get("Type").equals("Task") ? outcome.calls().size() - 1 : 0;
    }

    private Outcome attempt(Map<String, Object> state, Position at, Instant start) {
        if (!state.get("Type").equals("Task")) {
            return new Strands(this, state, at).run(start);
        }
        RetryPolicy retry = new RetryPolicy(Json.objects(state.getOrDefault("Retry", List.of())));
        List<TaskCall> calls = new ArrayList<>();
        Instant now = start;
        while (true) {
            Outcome outcome = callOnce(state, at, now, calls);
            now = outcome.end();
            if (!(outcome instanceof Failed failed)) {
                return outcome;
            }
            Optional<Duration> delay = now.isBefore(deadline) ? retry.delayAfter(failed.error()) : Optional.empty();
            if (delay.isEmpty()) {
                return outcome;
            }
            now = now.plus(delay.get());
            if (!now.isBefore(deadline)) {
                return new Failed(
                        TIMEOUT, at.state() + " was to be tried again after the deadline", at, deadline, calls);
            }
        }
    }

    private Outcome callOnce(Map<String, Object> state, Position at, Instant now, List<TaskCall> calls) {
        Map<String, Object> scope = scope(at, now, calls.size());
        Map<String, Object> arguments;
        long timeoutSeconds;
        try {
            arguments = Json.object(evaluate(state, "Arguments", scope, at));
            timeoutSeconds = ((Number) evaluate(state, "TimeoutSeconds", scope, at)).longValue();
        } catch (EvaluationException e) {
            return new Failed(QUERY_EVALUATION, e.getMessage(), at, now, calls);
        }
        String resource = (String) state.get("Resource");
        Tasks.Reply reply = tasks.call(resource, arguments, now);
        Instant end = now.plus(reply.duration());
        Instant limit = now.plusSeconds(timeoutSeconds);
        limit = limit.isBefore(deadline) ? limit : deadline;
        if (end.isAfter(limit)) {
            calls.add(new TaskCall(at.state(), resource, arguments, timeoutSeconds, now, limit, TIMEOUT));
            return new Failed(TIMEOUT, at.state() + " took too long", at, limit, calls);
        }
        String error = reply instanceof Tasks.Failure failure ? failure.error() : "";
        calls.add(new TaskCall(at.state(), resource, arguments, timeoutSeconds, now, end, error));
        return reply instanceof Tasks.Failure failure
                ? new Failed(error, failure.cause(), at, end, calls)
                : new Succeeded(((Tasks.Result) reply).value(), end, calls);
    }

    private static Optional<Map<String, Object>> catcher(Map<String, Object> state, String error) {
        return Json.objects(state.getOrDefault("Catch", List.of())).stream()
                .filter(catcher -> RetryPolicy.names(catcher, error))
                .findFirst();
    }

    private static String choose(Map<String, Object> state, Map<String, Object> scope, Position at) {
        for (Map<String, Object> rule : Json.objects(state.get("Choices"))) {
            Object holds = evaluate(rule, "Condition", scope, at);
            if (!(holds instanceof Boolean decided)) {
                throw new EvaluationException(at.state() + "/Condition is no boolean: " + holds, null);
            }
            if (decided) {
                return (String) rule.get("Next");
            }
        }
        return (String) state.get("Default");
    }

    private static Position next(Map<String, Object> state, Position at, Map<String, Object> scope, Object otherwise) {
        Map<String, Object> variables = new HashMap<>(at.variables());
        if (state.containsKey("Assign")) {
            variables.putAll(Json.object(evaluate(state, "Assign", scope, at)));
        }
        return Position.at((String) state.get("Next"), output(state, scope, at, otherwise), variables);
    }

    private static Object output(Map<String, Object> state, Map<String, Object> scope, Position at, Object otherwise) {
        return state.containsKey("Output") ? evaluate(state, "Output", scope, at) : otherwise;
    }

    private static Object evaluate(Map<String, Object> state, String field, Map<String, Object> scope, Position at) {
        return JsonataTemplate.evaluate(state.get(field), scope, at.state() + "/" + field);
    }

    /** The variables that a state's expressions see. */
    Map<String, Object> scope(Position at, Instant now, int retryCount) {
        Map<String, Object> whole = new HashMap<>(context);
        whole.put("State", Map.of("Name", at.state(), "EnteredTime", now.toString(), "RetryCount", retryCount));
        Map<String, Object> states = new HashMap<>();
        states.put("input", at.input());
        states.put("context", whole);
        Map<String, Object> scope = new HashMap<>(at.variables());
        scope.put("states", states);
        return scope;
    }
}
