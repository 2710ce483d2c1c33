package io.retaillake.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/**
 * The part of the AWS Glue Data Catalog's protocol (JSON 1.1) that a catalog of Iceberg tables uses, with its state in memory:
 * databases, and tables whose updates are refused unless they name the current version.
 */
final class GlueServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TARGET = "AWSGlue.";

    private final HttpServer server;
    private final SortedMap<String, ObjectNode> databases = new TreeMap<>();
    private final SortedMap<String, ObjectNode> tables = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();
    private Refusal always;
    private int conflictsToCome;
    private int conflicts;
    private int throttleEvery = Integer.MAX_VALUE;
    private int throttled;

    /** An error as the service reports it. */
    private static final class Refusal extends Exception {

        private final String type;

        Refusal(String type, String message) {
            super(message);
            this.type = type;
        }
    }

    private GlueServer(HttpServer server) {
        this.server = server;
    }

    static GlueServer start() throws IOException {
        GlueServer glue =
                new GlueServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        glue.server.createContext("/", glue::handle);
        glue.server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "glue");
            thread.setDaemon(true);
            return thread;
        }));
        glue.server.start();
        return glue;
    }

    /** What a person would set to reach it. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_GLUE",
                "http://127.0.0.1:" + port(),
                "AWS_REGION",
                "ap-northeast-2",
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test");
    }

    /** Has a database, as a deployment makes it. */
    synchronized void add(String database) {
        databases.put(database, JSON.createObjectNode().put("Name", database));
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Refuses every request from now on; nothing more, if {@code type} is null. */
    synchronized void refuse(String type, String message) {
        always = type == null ? null : new Refusal(type, message);
    }

    /** Lets another writer come before each of the next {@code count} updates. */
    synchronized void conflict(int count) {
        conflictsToCome = count;
    }

    /** Throttles one request in {@code count}. */
    synchronized void throttleEvery(int count) {
        throttleEvery = count;
    }

    synchronized int conflicts() {
        return conflicts;
    }

    synchronized int throttled() {
        return throttled;
    }

    /** The operations that were asked for. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** The tables, as {@code database.table}, with their parameters. */
    synchronized SortedMap<String, Map<String, String>> tables() {
        SortedMap<String, Map<String, String>> found = new TreeMap<>();
        tables.forEach((name, table) -> {
            Map<String, String> parameters = new TreeMap<>();
            table.path("Parameters")
                    .fields()
                    .forEachRemaining(field ->
                            parameters.put(field.getKey(), field.getValue().asText()));
            found.put(name, parameters);
        });
        return found;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").substring(TARGET.length());
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        int status = 200;
        JsonNode answer;
        try {
            answer = answer(operation, request);
        } catch (Refusal refusal) {
            status = 400;
            answer = JSON.createObjectNode().put("__type", refusal.type).put("Message", refusal.getMessage());
        }
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized JsonNode answer(String operation, JsonNode request) throws Refusal {
        requests.add(operation);
        if (always != null) {
            throw always;
        }
        if (requests.size() % throttleEvery == 0) {
            throttled++;
            throw new Refusal("ThrottlingException", "Rate exceeded");
        }
        return switch (operation) {
            case "GetDatabase" ->
                JSON.createObjectNode()
                        .set("Database", database(request.path("Name").asText()));
            case "GetDatabases" -> JSON.createObjectNode().set("DatabaseList", list(databases, ""));
            case "CreateDatabase" -> createDatabase((ObjectNode) request.path("DatabaseInput"));
            case "GetTable" -> JSON.createObjectNode().set("Table", table(request, request.path("Name")));
            case "GetTables" ->
                JSON.createObjectNode()
                        .set(
                                "TableList",
                                list(tables, request.path("DatabaseName").asText() + "."));
            case "CreateTable" -> createTable(request);
            case "UpdateTable" -> updateTable(request);
            default -> throw new Refusal("InvalidInputException", "No such operation here: " + operation);
        };
    }

    private ObjectNode database(String name) throws Refusal {
        ObjectNode database = databases.get(name);
        if (database == null) {
            throw new Refusal("EntityNotFoundException", "Database " + name + " not found.");
        }
        return database;
    }

    private JsonNode createDatabase(ObjectNode input) throws Refusal {
        if (databases.putIfAbsent(input.path("Name").asText(), input) != null) {
            throw new Refusal("AlreadyExistsException", "Database already exists.");
        }
        return JSON.createObjectNode();
    }

    private ObjectNode table(JsonNode request, JsonNode name) throws Refusal {
        String database = request.path("DatabaseName").asText();
        database(database);
        ObjectNode table = tables.get(database + "." + name.asText());
        if (table == null) {
            throw new Refusal("EntityNotFoundException", "Table " + name.asText() + " not found.");
        }
        return table;
    }

    private JsonNode createTable(JsonNode request) throws Refusal {
        String database = request.path("DatabaseName").asText();
        database(database);
        ObjectNode table = ((ObjectNode) request.path("TableInput"))
                .put("DatabaseName", database)
                .put("VersionId", "0");
        if (tables.putIfAbsent(database + "." + table.path("Name").asText(), table) != null) {
            throw new Refusal("AlreadyExistsException", "Table already exists.");
        }
        return JSON.createObjectNode();
    }

    private JsonNode updateTable(JsonNode request) throws Refusal {
        ObjectNode input = (ObjectNode) request.path("TableInput");
        ObjectNode table = table(request, input.path("Name"));
        if (conflictsToCome > 0) {
            conflictsToCome--;
            table.put("VersionId", Integer.toString(table.path("VersionId").asInt() + 1));
        }
        if (!table.path("VersionId").equals(request.path("VersionId"))) {
            conflicts++;
            throw new Refusal(
                    "ConcurrentModificationException", "Update table failed due to concurrent modifications.");
        }
        input.put("DatabaseName", request.path("DatabaseName").asText());
        input.put("VersionId", Integer.toString(table.path("VersionId").asInt() + 1));
        tables.put(
                request.path("DatabaseName").asText() + "." + input.path("Name").asText(), input);
        return JSON.createObjectNode();
    }

    private static ArrayNode list(SortedMap<String, ObjectNode> all, String prefix) {
        ArrayNode list = JSON.createArrayNode();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                list.add(value);
            }
        });
        return list;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
