package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpLogSourceTest {

    private static final int MAX_BYTES = 1000;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Handler handler;

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders().getFirst("If-None-Match") + " "
                        + exchange.getRequestHeaders().getFirst("If-Modified-Since"));
                handler.handle(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Answer ask(Duration timeout) throws Exception {
        return ask(timeout, MAX_BYTES);
    }

    private Answer ask(Duration timeout, int maxBytes) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/logs?api_key=hidden");
        return new HttpLogSource(url, timeout, maxBytes, Clock.systemUTC())
                .ask("\"e\"", "Sun, 29 Nov 2026 00:00:00 GMT");
    }

    private void answer(int status, String contentType, String body) {
        handler = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("ETag", "\"f\"");
            exchange.getResponseHeaders().set("Retry-After", "7");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    @Test
    void arrayIsTakenApart() throws Exception {
        answer(200, "application/json; charset=utf-8", " [{\"a\": [1, 2]}, 3 ]\n");
        Answer answer = ask(Duration.ofSeconds(30));
        assertThat(answer.items())
                .extracting(item -> new String(item, StandardCharsets.UTF_8))
                .containsExactly("{\"a\": [1, 2]}", "3");
        assertThat(answer.etag()).isEqualTo("\"f\"");
        assertThat(asked).containsExactly("\"e\" Sun, 29 Nov 2026 00:00:00 GMT");
    }

    @Test
    void unchanged() throws Exception {
        answer(304, "application/json", "");
        assertThat(ask(Duration.ofSeconds(30)).isUnchanged()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "429, application/json, [], true, the status 429",
        "500, application/json, [], true, the status 500",
        "503, text/html, <p>, true, the status 503",
        "404, text/html, <p>, false, the status 404",
        "401, application/json, [], false, the status 401",
        "200, text/html, [], true, answers with text/html",
        "200, application/json, '[1, 2', true, are no JSON array",
        "200, application/json, '{}', true, are no JSON array",
        "200, application/json, '[1] 2', true, are no JSON array"
    })
    void noAnswerThatCanBeUsed(int status, String contentType, String body, boolean mayPass, String message) {
        answer(status, contentType, body);
        assertThatThrownBy(() -> ask(Duration.ofSeconds(30)))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(SourceFailure.class, e -> {
                    assertThat(e.mayPass()).isEqualTo(mayPass);
                    assertThat(e.retryAfter()).isEqualTo(status == 200 ? null : Duration.ofSeconds(7));
                    assertThat(e.getMessage()).doesNotContain("hidden");
                });
    }

    @Test
    void hugeAnswerIsNotRead() {
        answer(200, "application/json", "[" + "1,".repeat(MAX_BYTES) + "1]");
        assertThatThrownBy(() -> ask(Duration.ofSeconds(30))).hasMessageContaining("more than 1000 bytes");
    }

    @Test
    void answerOfTooManyItemsIsNotTaken() {
        answer(200, "application/json", "[" + "1,".repeat(HttpLogSource.MOST_ITEMS) + "1]");
        assertThatThrownBy(() -> ask(Duration.ofSeconds(30), 1 << 20))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("more than 10000 items");
    }

    @Test
    void answerThatIsCutOffIsNone() {
        handler = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("[1, 2]".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        };
        assertThatThrownBy(() -> ask(Duration.ofSeconds(30)))
                .isInstanceOf(SourceFailure.class)
                .hasMessageContaining("no whole answer");
    }

    @Test
    void answerThatComesDropByDropIsNotWaitedFor() {
        handler = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.getResponseBody().write('[');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        };
        assertThatThrownBy(() -> ask(Duration.ofMillis(500))).hasMessageContaining("no whole answer within 500 ms");
    }
}
