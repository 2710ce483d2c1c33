package io.retaillake.statemachine;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A state machine's definition. Only the state types and fields that the project's machines use are known; any other is
 * refused, so that no test passes because something was left out of the interpretation.
 *
 * @param startAt name of the first state
 * @param timeoutSeconds of a whole execution
 * @param states the outermost states by name
 */
record Definition(String startAt, long timeoutSeconds, Map<String, Object> states) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JOB_TASK = "arn:aws:states:::glue:startJobRun.sync";
    private static final Set<String> RESOURCES = Set.of(
            JOB_TASK, "arn:aws:states:::aws-sdk:sfn:listExecutions", "arn:aws:states:::aws-sdk:sfn:startExecution");

    private static final Set<String> MACHINE =
            Set.of("Comment", "QueryLanguage", "TimeoutSeconds", "StartAt", "States");
    private static final Set<String> BRANCH = Set.of("StartAt", "States");
    private static final Set<String> PROCESSOR = Set.of("ProcessorConfig", "StartAt", "States");
    private static final Set<String> CHOICE_RULE = Set.of("Condition", "Next");
    private static final Set<String> CATCHER = Set.of("ErrorEquals", "Next");
    private static final Set<String> RETRIER =
            Set.of("ErrorEquals", "IntervalSeconds", "BackoffRate", "MaxAttempts", "MaxDelaySeconds", "JitterStrategy");
    private static final Map<String, Set<String>> STATES = Map.of(
            "Pass", Set.of("Type", "Comment", "Assign", "Next"),
            "Choice", Set.of("Type", "Comment", "Choices", "Default"),
            "Fail", Set.of("Type", "Comment", "Error", "Cause"),
            "Succeed", Set.of("Type", "Comment", "Output"),
            "Task",
                    Set.of(
                            "Type",
                            "Comment",
                            "Resource",
                            "Arguments",
                            "TimeoutSeconds",
                            "Retry",
                            "Catch",
                            "Assign",
                            "Output",
                            "Next",
                            "End"),
            "Parallel", Set.of("Type", "Comment", "Branches", "Next"),
            "Map", Set.of("Type", "Comment", "Items", "MaxConcurrency", "ItemProcessor", "Output", "Next", "End"));

    /**
     * Reads a definition as CloudFormation would deploy it.
     *
     * @param substitutions values of the placeholders, by name
     * @throws IllegalArgumentException if it has anything unknown, or a placeholder without a value
     */
    static Definition read(Path file, Map<String, String> substitutions) throws IOException {
        return parse(Files.readString(file), substitutions);
    }

    static Definition parse(String text, Map<String, String> substitutions) throws IOException {
        String substituted = text;
        for (Map.Entry<String, String> substitution : substitutions.entrySet()) {
            substituted = substituted.replace("${" + substitution.getKey() + "}", substitution.getValue());
        }
        if (substituted.contains("${")) {
            throw new IllegalArgumentException("a placeholder has no value: "
                    + substituted
                            .substring(substituted.indexOf("${"))
                            .lines()
                            .findFirst()
                            .orElseThrow());
        }
        Map<String, Object> machine =
                JSON.readValue(substituted, new TypeReference<LinkedHashMap<String, Object>>() {});
        List<String> problems = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        checkFields("the machine", machine, MACHINE, problems);
        if (!"JSONata".equals(machine.get("QueryLanguage"))) {
            problems.add("the machine's QueryLanguage is " + machine.get("QueryLanguage"));
        }
        checkStates("the machine", machine, names, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new Definition(
                (String) machine.get("StartAt"),
                ((Number) machine.getOrDefault("TimeoutSeconds", Integer.MAX_VALUE)).longValue(),
                Json.object(machine.get("States")));
    }

    private static void checkStates(String where, Map<String, Object> flow, Set<String> names, List<String> problems) {
        Map<String, Object> states = Json.object(flow.get("States"));
        checkTarget(where + "'s StartAt", flow.get("StartAt"), states, problems);
        states.forEach((name, value) -> {
            Map<String, Object> state = Json.object(value);
            String type = String.valueOf(state.get("Type"));
            if (!names.add(name)) {
                problems.add("two states are named " + name);
            }
            if (!STATES.containsKey(type)) {
                problems.add(name + ": states of type " + type + " are not interpreted");
                return;
            }
            checkFields(name, state, STATES.get(type), problems);
            checkTransitions(name, type, state, states, problems);
            switch (type) {
                case "Task" -> checkTask(name, state, states, problems);
                case "Parallel" ->
                    Json.objects(state.get("Branches")).forEach(branch -> {
                        checkFields(name + "'s branch", branch, BRANCH, problems);
                        checkStates(name + "'s branch", branch, names, problems);
                    });
                case "Map" -> {
                    Map<String, Object> processor = Json.object(state.get("ItemProcessor"));
                    checkFields(name + "'s processor", processor, PROCESSOR, problems);
                    if (!Map.of("Mode", "INLINE").equals(processor.get("ProcessorConfig"))) {
                        problems.add(name + ": only inline processors are interpreted");
                    }
                    checkStates(name + "'s processor", processor, names, problems);
                }
                default -> {}
            }
        });
    }

    private static void checkTransitions(
            String name, String type, Map<String, Object> state, Map<String, Object> states, List<String> problems) {
        if (type.equals("Choice")) {
            Json.objects(state.get("Choices")).forEach(rule -> {
                checkFields(name + "'s rule", rule, CHOICE_RULE, problems);
                checkTarget(name + "'s rule", rule.get("Next"), states, problems);
            });
            checkTarget(name + "'s Default", state.get("Default"), states, problems);
        } else if (!type.equals("Fail") && !type.equals("Succeed")) {
            if (state.containsKey("Next") == Boolean.TRUE.equals(state.get("End"))) {
                problems.add(name + ": needs either Next or End");
            } else if (state.containsKey("Next")) {
                checkTarget(name + "'s Next", state.get("Next"), states, problems);
            }
        }
    }

    private static void checkTask(
            String name, Map<String, Object> state, Map<String, Object> states, List<String> problems) {
        if (!RESOURCES.contains(String.valueOf(state.get("Resource")))) {
            problems.add(name + ": the resource " + state.get("Resource") + " is not interpreted");
        }
        Json.objects(state.getOrDefault("Retry", List.of()))
                .forEach(retrier -> checkFields(name + "'s retrier", retrier, RETRIER, problems));
        Json.objects(state.getOrDefault("Catch", List.of())).forEach(catcher -> {
            checkFields(name + "'s catcher", catcher, CATCHER, problems);
            checkTarget(name + "'s catcher", catcher.get("Next"), states, problems);
        });
    }

    private static void checkFields(
            String where, Map<String, Object> object, Set<String> known, List<String> problems) {
        Set<String> unknown = new TreeSet<>(object.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            problems.add(where + ": the fields " + unknown + " are not interpreted");
        }
    }

    private static void checkTarget(String where, Object target, Map<String, Object> states, List<String> problems) {
        if (!(target instanceof String) || !states.containsKey(target)) {
            problems.add(where + ": there is no state " + target);
        }
    }

    /** Every task that runs a job, at whatever depth, by its name. */
    Map<String, Map<String, Object>> jobTasks() {
        Map<String, Map<String, Object>> tasks = new LinkedHashMap<>();
        collectJobTasks(states, tasks);
        return tasks;
    }

    private static void collectJobTasks(Map<String, Object> states, Map<String, Map<String, Object>> tasks) {
        states.forEach((name, value) -> {
            Map<String, Object> state = Json.object(value);
            if (JOB_TASK.equals(state.get("Resource"))) {
                tasks.put(name, state);
            }
            Json.objects(state.getOrDefault("Branches", List.of()))
                    .forEach(branch -> collectJobTasks(Json.object(branch.get("States")), tasks));
            if (state.containsKey("ItemProcessor")) {
                collectJobTasks(
                        Json.object(Json.object(state.get("ItemProcessor")).get("States")), tasks);
            }
        });
    }
}
