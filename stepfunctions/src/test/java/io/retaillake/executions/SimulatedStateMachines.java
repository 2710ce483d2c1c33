package io.retaillake.executions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retaillake.executions.StepFunctionsSimulator.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state machines and executions behind the simulator. */
final class SimulatedStateMachines {

    static final String PIPELINE = "retail-lakehouse-pipeline";

    private static final String ACCOUNT = StepFunctionsSimulator.REGION + ":123456789012";
    private static final String ARN = "arn:aws:states:" + ACCOUNT + ":stateMachine:";
    private static final String EXECUTION_ARN = "arn:aws:states:" + ACCOUNT + ":execution:" + PIPELINE + ":";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final double MILLIS_PER_SECOND = 1000;

    private final Clock clock;
    private final List<String> names = new ArrayList<>(List.of(PIPELINE));
    private final Map<String, SimulatedExecution> executions = new LinkedHashMap<>();
    private final Map<String, Script> scripts = new HashMap<>();
    private final Map<String, Script> redriveScripts = new HashMap<>();
    private int mostPerPage = 1000;

    SimulatedStateMachines(Clock clock) {
        this.clock = clock;
    }

    static String arn(String name) {
        return ARN + name;
    }

    /** Other state machines before the pipeline. */
    void deployBefore(String... others) {
        names.addAll(0, List.of(others));
    }

    /** The pipeline is gone. */
    void undeploy() {
        names.remove(PIPELINE);
    }

    /** What the execution {@code name} will do; everything goes well otherwise. */
    void script(String name, Script first, Script afterRedrive) {
        scripts.put(name, first);
        redriveScripts.put(name, afterRedrive);
    }

    /** However many are asked for, no page has more. */
    void mostPerPage(int count) {
        mostPerPage = count;
    }

    /** Starts an execution as somebody else may do. */
    SimulatedExecution start(String name) {
        SimulatedExecution execution =
                new SimulatedExecution(name, "{}", clock, scripts.getOrDefault(name, Script.green()));
        executions.put(name, execution);
        return execution;
    }

    SimulatedExecution execution(String name) {
        return executions.get(name);
    }

    List<String> executionNames() {
        return List.copyOf(executions.keySet());
    }

    ObjectNode answer(String operation, JsonNode request) throws Refusal {
        return switch (operation) {
            case "ListStateMachines" -> listStateMachines(request);
            case "StartExecution" -> start(request);
            case "DescribeExecution" -> describe(existing(request));
            case "ListExecutions" -> list(request);
            case "GetExecutionHistory" -> history(request);
            case "StopExecution" -> stop(request);
            case "RedriveExecution" -> redrive(request);
            default -> throw new Refusal("UnknownOperationException", operation);
        };
    }

    private ObjectNode listStateMachines(JsonNode request) throws Refusal {
        List<ObjectNode> items = names.stream()
                .map(name -> MAPPER.createObjectNode()
                        .put("stateMachineArn", arn(name))
                        .put("name", name)
                        .put("type", "STANDARD")
                        .put("creationDate", seconds(Instant.EPOCH)))
                .toList();
        return StepFunctionsSimulator.page("stateMachines", items, request, mostPerPage);
    }

    private ObjectNode start(JsonNode request) throws Refusal {
        requireMachine(request);
        String name = request.get("name").textValue();
        String input = request.get("input").textValue();
        SimulatedExecution known = executions.get(name);
        if (known == null) {
            known = new SimulatedExecution(name, input, clock, scripts.getOrDefault(name, Script.green()));
            executions.put(name, known);
        } else if (!known.status().equals("RUNNING") || !known.input().equals(input)) {
            throw new Refusal("ExecutionAlreadyExists", "Execution Already Exists: '" + EXECUTION_ARN + name + "'");
        }
        return MAPPER.createObjectNode()
                .put("executionArn", EXECUTION_ARN + name)
                .put("startDate", seconds(known.started()));
    }

    private ObjectNode list(JsonNode request) throws Refusal {
        requireMachine(request);
        String status = request.path("statusFilter").asText("");
        List<ObjectNode> items = new ArrayList<>();
        for (SimulatedExecution execution : executions.values()) {
            if (!execution.isForgotten() && (status.isEmpty() || status.equals(execution.status()))) {
                items.add(item(execution));
            }
        }
        Collections.reverse(items);
        return StepFunctionsSimulator.page("executions", items, request, mostPerPage);
    }

    private static ObjectNode item(SimulatedExecution execution) {
        ObjectNode item = MAPPER.createObjectNode()
                .put("executionArn", EXECUTION_ARN + execution.name())
                .put("stateMachineArn", arn(PIPELINE))
                .put("name", execution.name())
                .put("status", execution.status())
                .put("startDate", seconds(execution.started()))
                .put("redriveCount", execution.redrives());
        execution.stopped().ifPresent(stopped -> item.put("stopDate", seconds(stopped)));
        return item;
    }

    private static ObjectNode describe(SimulatedExecution execution) {
        ObjectNode described = item(execution)
                .put("input", execution.input())
                .put("redriveStatus", execution.notRedrivableReason().isPresent() ? "NOT_REDRIVABLE" : "REDRIVABLE");
        execution.notRedrivableReason().ifPresent(reason -> described.put("redriveStatusReason", reason));
        return described;
    }

    private ObjectNode history(JsonNode request) throws Refusal {
        List<ObjectNode> events = new ArrayList<>(
                existing(request).events().stream().map(History.Event::json).toList());
        if (request.path("reverseOrder").asBoolean()) {
            Collections.reverse(events);
        }
        return StepFunctionsSimulator.page("events", events, request, mostPerPage);
    }

    private ObjectNode stop(JsonNode request) throws Refusal {
        existing(request)
                .stop(request.path("error").asText(""), request.path("cause").asText(""));
        return MAPPER.createObjectNode().put("stopDate", seconds(clock.instant()));
    }

    private ObjectNode redrive(JsonNode request) throws Refusal {
        SimulatedExecution execution = existing(request);
        if (execution.notRedrivableReason().isPresent()) {
            throw new Refusal(
                    "ExecutionNotRedrivable", execution.notRedrivableReason().get());
        }
        execution.redrive(redriveScripts.getOrDefault(execution.name(), Script.green()));
        return MAPPER.createObjectNode().put("redriveDate", seconds(clock.instant()));
    }

    private SimulatedExecution existing(JsonNode request) throws Refusal {
        String arn = request.get("executionArn").textValue();
        SimulatedExecution execution = executions.get(arn.substring(arn.lastIndexOf(':') + 1));
        if (execution == null || execution.isForgotten() || !arn.equals(EXECUTION_ARN + execution.name())) {
            throw new Refusal("ExecutionDoesNotExist", "Execution Does Not Exist: '" + arn + "'");
        }
        return execution;
    }

    private void requireMachine(JsonNode request) throws Refusal {
        String arn = request.get("stateMachineArn").textValue();
        if (!names.contains(arn.replace(ARN, ""))) {
            throw new Refusal("StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'");
        }
    }

    private static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS_PER_SECOND;
    }
}
