package io.retaillake.statemachine;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The part of the Step Functions service that the starter calls: the pipeline's executions by name. */
final class PipelineExecutions implements Tasks {

    private static final Duration CALL = Duration.ofMillis(80);
    private static final String FORBIDDEN = "\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cntrl}";
    private static final Pattern NAME = Pattern.compile("[^" + FORBIDDEN + "]{1,80}");

    private final Map<String, String> inputs = new LinkedHashMap<>();
    private final Map<String, Boolean> running = new LinkedHashMap<>();
    private Failure nextFailure;

    /** Whatever the starter asks next fails. */
    PipelineExecutions failingOnce(String error) {
        nextFailure = new Failure(error, "the service said why", CALL);
        return this;
    }

    PipelineExecutions with(String name, String input) {
        inputs.put(name, input);
        running.put(name, true);
        return this;
    }

    void end(String name) {
        running.put(name, false);
    }

    /** Every execution's input, by name, in the order of their starts. */
    Map<String, String> started() {
        return inputs;
    }

    @Override
    public Reply call(String resource, Map<String, Object> arguments, Instant now) {
        if (nextFailure != null) {
            Failure failure = nextFailure;
            nextFailure = null;
            return failure;
        }
        if (!Machines.PIPELINE_ARN.equals(arguments.get("StateMachineArn"))) {
            return failure("Sfn.StateMachineDoesNotExistException");
        }
        return resource.endsWith(":listExecutions") ? list(arguments) : start(arguments, now);
    }

    private Reply list(Map<String, Object> arguments) {
        if (!arguments.equals(Map.of("StateMachineArn", Machines.PIPELINE_ARN, "StatusFilter", "RUNNING"))) {
            return failure("Sfn.ValidationException");
        }
        List<Map<String, String>> executions = running.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(entry -> Map.of("Name", entry.getKey(), "ExecutionArn", arn(entry.getKey()), "Status", "RUNNING"))
                .toList();
        return new Result(Map.of("Executions", executions), CALL);
    }

    private Reply start(Map<String, Object> arguments, Instant now) {
        String name = (String) arguments.get("Name");
        String input = (String) arguments.get("Input");
        if (!NAME.matcher(name).matches()) {
            return failure("Sfn.InvalidNameException");
        }
        if (inputs.containsKey(name) && !(running.get(name) && inputs.get(name).equals(input))) {
            return failure("Sfn.ExecutionAlreadyExistsException");
        }
        with(name, input);
        return new Result(Map.of("ExecutionArn", arn(name), "StartDate", now.toString()), CALL);
    }

    private static Failure failure(String error) {
        return new Failure(error, "the service said why", CALL);
    }

    static String arn(String name) {
        return Machines.PIPELINE_ARN.replace(":stateMachine:", ":execution:") + ":" + name;
    }
}
