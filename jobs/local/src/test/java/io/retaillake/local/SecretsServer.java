package io.retaillake.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The part of AWS Secrets Manager's protocol that hands a secret out; each secret is a file. */
final class SecretsServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, Path> secrets;

    private SecretsServer(HttpServer server, Map<String, Path> secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    /** Serves {@code secrets}, files by their ARNs. */
    static SecretsServer start(Map<String, Path> secrets) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SecretsServer secretsServer = new SecretsServer(server, secrets);
        server.createContext("/", secretsServer::handle);
        server.start();
        return secretsServer;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String id = JSON.readTree(exchange.getRequestBody()).path("SecretId").asText();
        Path file = secrets.get(id);
        Map<String, String> answer = file == null
                ? Map.of("__type", "ResourceNotFoundException", "Message", "no secret " + id)
                : Map.of("ARN", id, "SecretString", Files.readString(file));
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(file == null ? 400 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
