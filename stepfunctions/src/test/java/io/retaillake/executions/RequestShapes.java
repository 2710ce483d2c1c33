package io.retaillake.executions;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What Step Functions asks of a request: members, their types and limits, the protocol's headers, a signature. */
final class RequestShapes {

    /** A member's type, with its limits. */
    private enum Type {
        EXECUTION_ARN("arn:aws:states:[a-z0-9-]+:[0-9]{12}:execution:[^:]+:[^:]+"),
        STATE_MACHINE_ARN("arn:aws:states:[a-z0-9-]+:[0-9]{12}:stateMachine:[^:]+"),
        NAME("[A-Za-z0-9_.-]{1,80}"),
        TOKEN("(?s).{1,3096}"),
        CLIENT_TOKEN("[!-~]{1,64}"),
        STATUS("RUNNING|SUCCEEDED|FAILED|TIMED_OUT|ABORTED|PENDING_REDRIVE"),
        ERROR("(?s).{0,256}"),
        CAUSE("(?s).{0,32768}"),
        JSON("(?s).{0,262144}"),
        COUNT(null),
        FLAG(null);

        private final Pattern pattern;

        Type(String pattern) {
            this.pattern = pattern == null ? null : Pattern.compile(pattern);
        }

        private boolean allows(JsonNode value) {
            return switch (this) {
                case COUNT -> value.isInt() && value.intValue() >= 0 && value.intValue() <= 1000;
                case FLAG -> value.isBoolean();
                case JSON -> value.isTextual() && Json.read(value.textValue()).isObject();
                default ->
                    value.isTextual() && pattern.matcher(value.textValue()).matches();
            };
        }
    }

    private record Shape(Set<String> required, Map<String, Type> members) {}

    private static final Map<String, Shape> SHAPES = Map.of(
            "ListStateMachines",
            new Shape(Set.of(), Map.of("maxResults", Type.COUNT, "nextToken", Type.TOKEN)),
            "StartExecution",
            new Shape(
                    Set.of("stateMachineArn"),
                    Map.of("stateMachineArn", Type.STATE_MACHINE_ARN, "name", Type.NAME, "input", Type.JSON)),
            "DescribeExecution",
            new Shape(Set.of("executionArn"), Map.of("executionArn", Type.EXECUTION_ARN)),
            "ListExecutions",
            new Shape(
                    Set.of("stateMachineArn"),
                    Map.of(
                            "stateMachineArn",
                            Type.STATE_MACHINE_ARN,
                            "statusFilter",
                            Type.STATUS,
                            "maxResults",
                            Type.COUNT,
                            "nextToken",
                            Type.TOKEN)),
            "GetExecutionHistory",
            new Shape(
                    Set.of("executionArn"),
                    Map.of(
                            "executionArn",
                            Type.EXECUTION_ARN,
                            "maxResults",
                            Type.COUNT,
                            "reverseOrder",
                            Type.FLAG,
                            "includeExecutionData",
                            Type.FLAG,
                            "nextToken",
                            Type.TOKEN)),
            "StopExecution",
            new Shape(
                    Set.of("executionArn"),
                    Map.of("executionArn", Type.EXECUTION_ARN, "error", Type.ERROR, "cause", Type.CAUSE)),
            "RedriveExecution",
            new Shape(
                    Set.of("executionArn"),
                    Map.of("executionArn", Type.EXECUTION_ARN, "clientToken", Type.CLIENT_TOKEN)));

    private RequestShapes() {}

    /** What is wrong with a request's members. */
    static List<String> problems(String operation, JsonNode request) {
        Shape shape = SHAPES.get(operation);
        if (shape == null) {
            return List.of("no operation " + operation);
        }
        List<String> problems = new ArrayList<>();
        for (String member : new TreeSet<>(shape.required())) {
            if (!request.has(member)) {
                problems.add(operation + " without " + member);
            }
        }
        request.fields().forEachRemaining(member -> {
            Type type = shape.members().get(member.getKey());
            if (type == null || !type.allows(member.getValue())) {
                problems.add(operation + " with " + member);
            }
        });
        return problems;
    }

    /** What is wrong with a request's headers, for a service in {@code region}. */
    static List<String> problems(Headers headers, String region) {
        List<String> problems = new ArrayList<>();
        require(problems, headers, "Content-Type", "application/x-amz-json-1\\.0");
        require(problems, headers, "X-Amz-Date", "[0-9]{8}T[0-9]{6}Z");
        require(
                problems,
                headers,
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=[^/]+/[0-9]{8}/" + region + "/states/aws4_request, "
                        + "SignedHeaders=(?=[^,]*host)(?=[^,]*x-amz-date)(?=[^,]*x-amz-target)[^,]+, Signature=[0-9a-f]{64}");
        return problems;
    }

    private static void require(List<String> problems, Headers headers, String name, String pattern) {
        String value = headers.getFirst(name);
        if (value == null || !value.matches(pattern)) {
            problems.add(name + " is " + value);
        }
    }
}
