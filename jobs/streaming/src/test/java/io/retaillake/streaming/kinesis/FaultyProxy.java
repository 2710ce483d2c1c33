package io.retaillake.streaming.kinesis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a server of Kinesis' protocol and answers one operation with errors until none is left. */
public final class FaultyProxy implements AutoCloseable {

    private final HttpServer server;
    private final String target;
    private final String operation;
    private final Deque<String> errors;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * Before the server {@code target}.
     *
     * @param operation which is answered with {@code errors}, one after the other; then it is passed on as all others are
     */
    public FaultyProxy(String target, String operation, List<String> errors) throws IOException {
        this.target = target;
        this.operation = "." + operation;
        this.errors = new ConcurrentLinkedDeque<>(errors);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** What clients call. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How many errors were not answered yet. */
    public int errorsLeft() {
        return errors.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String called = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String error = called.endsWith(operation) ? errors.poll() : null;
            if (error != null) {
                String body = "{\"__type\":\"" + error + "\",\"message\":\"as if\"}";
                send(exchange, 400, body.getBytes(StandardCharsets.UTF_8));
                return;
            }
            HttpRequest.Builder forwarded =
                    HttpRequest.newBuilder(URI.create(target)).POST(HttpRequest.BodyPublishers.ofByteArray(request));
            for (String header : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
                forwarded.header(header, exchange.getRequestHeaders().getFirst(header));
            }
            HttpResponse<byte[]> response = client.send(forwarded.build(), HttpResponse.BodyHandlers.ofByteArray());
            send(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
