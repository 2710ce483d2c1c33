package io.retaillake.executions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Step Functions on a local port: it speaks the service's protocol, keeps executions that do what their scripts say as the clock
 * goes on, refuses what the service refuses, and fails when it is told to.
 */
final class StepFunctionsSimulator implements AutoCloseable {

    static final String REGION = "ap-northeast-2";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    /**
     * An answer instead of the service's.
     *
     * @param type the exception's name; null to send {@code text} as it is
     */
    record Fault(int status, String type, String text) {

        /** The connection ends without an answer. */
        static final Fault DROPPED_CONNECTION = new Fault(0, null, "");

        /** The service's answer after all, before further faults. */
        static final Fault NONE = new Fault(OK, null, "");

        private String body() {
            return type == null ? text : error(type, text).toString();
        }
    }

    /** A refusal. */
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        private final String type;

        Refusal(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    private final HttpServer server;
    private final SimulatedStateMachines machines;
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final List<String> operations = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private StepFunctionsSimulator(HttpServer server, Clock clock) {
        this.server = server;
        this.machines = new SimulatedStateMachines(clock);
    }

    /** A service with one state machine, {@code retail-lakehouse-pipeline}. */
    static StepFunctionsSimulator start(Clock clock) throws IOException {
        // Else each answer waits 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        StepFunctionsSimulator simulator = new StepFunctionsSimulator(server, clock);
        server.createContext("/", simulator::handle);
        server.start();
        return simulator;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    SimulatedStateMachines machines() {
        return machines;
    }

    /** The operations that were asked for, in order. */
    synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    /** What was wrong with the requests' shapes and headers. */
    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    /** The next {@code times} calls of {@code operation} are answered by {@code fault}. */
    synchronized void fail(String operation, int times, Fault fault) {
        for (int time = 0; time < times; time++) {
            faults.computeIfAbsent(operation, key -> new ArrayDeque<>()).add(fault);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        int status = OK;
        String body;
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target == null ? "none" : target.replaceFirst("^AWSStepFunctions\\.", "");
            JsonNode request = MAPPER.readTree(exchange.getRequestBody());
            synchronized (this) {
                operations.add(operation);
                problems.addAll(RequestShapes.problems(exchange.getRequestHeaders(), REGION));
                List<String> malformed = RequestShapes.problems(operation, request);
                problems.addAll(malformed);
                Fault fault = faults.getOrDefault(operation, new ArrayDeque<>()).poll();
                if (Fault.DROPPED_CONNECTION.equals(fault)) {
                    return;
                } else if (fault != null && !Fault.NONE.equals(fault)) {
                    status = fault.status();
                    body = fault.body();
                } else if (!malformed.isEmpty()) {
                    status = BAD_REQUEST;
                    body = error("ValidationException", String.join("; ", malformed))
                            .toString();
                } else {
                    try {
                        body = machines.answer(operation, request).toString();
                    } catch (Refusal refusal) {
                        status = BAD_REQUEST;
                        body = error(refusal.type, refusal.getMessage()).toString();
                    }
                }
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static ObjectNode error(String type, String message) {
        return MAPPER.createObjectNode()
                .put("__type", "com.amazonaws.swf.service.v2.model#" + type)
                .put("message", message);
    }

    /** One page of {@code items} as the service cuts them; a token goes with the arguments it was made for. */
    static ObjectNode page(String name, List<ObjectNode> items, JsonNode request, int mostPerPage) throws Refusal {
        ObjectNode arguments = request.deepCopy();
        arguments.remove("nextToken");
        int from = 0;
        if (request.has("nextToken")) {
            String[] token = request.get("nextToken").textValue().split("@", 2);
            if (token.length != 2 || !Objects.equals(token[1], arguments.toString())) {
                throw new Refusal("InvalidToken", "Invalid Token: 'Token is not for these arguments'");
            }
            from = Integer.parseInt(token[0]);
        }
        int asked = request.path("maxResults").asInt(0);
        int size = asked == 0 ? mostPerPage : Math.min(asked, mostPerPage);
        int to = Math.min(items.size(), from + size);
        ObjectNode page = MAPPER.createObjectNode();
        ArrayNode cut = page.putArray(name);
        items.subList(from, to).forEach(cut::add);
        if (to < items.size()) {
            page.put("nextToken", to + "@" + arguments);
        }
        return page;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
