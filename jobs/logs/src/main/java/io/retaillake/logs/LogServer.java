package io.retaillake.logs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers {@code GET /logs} with what a {@link LogFeed} shows, with {@code ETag} and {@code Last-Modified}, and does it wrong in one of four answers
 * if it is told to. {@code GET /shown} says which ids it has shown since its start, and when.
 */
final class LogServer implements AutoCloseable {

    private static final int FAULT_IN = 4;
    private static final int THREADS = 8;

    private final LogFeed feed;
    private final List<Fault> faults;
    private final long seed;
    private final Duration slow;
    private final Clock clock;
    private final Instant started;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final AtomicLong requests = new AtomicLong();

    private LogServer(LogFeed feed, Set<Fault> faults, long seed, Duration slow, Clock clock, int port)
            throws IOException {
        this.feed = feed;
        this.faults = faults.stream().filter(Fault::isOfAnswers).sorted().toList();
        this.seed = seed;
        this.slow = slow;
        this.clock = clock;
        this.started = clock.instant();
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    /**
     * Starts it on this machine only.
     *
     * @param slow how long a slow answer takes
     * @param port 0 for a free one
     */
    static LogServer start(LogFeed feed, Set<Fault> faults, long seed, Duration slow, Clock clock, int port)
            throws IOException {
        LogServer server = new LogServer(feed, faults, seed, slow, clock, port);
        server.server.createContext("/logs", server::logs);
        server.server.createContext("/shown", server::shown);
        server.server.setExecutor(server.threads);
        server.server.start();
        return server;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** How often it was asked. */
    long requests() {
        return requests.get();
    }

    private void logs(HttpExchange exchange) throws IOException {
        try (exchange) {
            long request = requests.getAndIncrement();
            var random = GeneratedRecords.random(seed + 2, request);
            Fault fault =
                    faults.isEmpty() || random.nextInt(FAULT_IN) > 0 ? null : faults.get(random.nextInt(faults.size()));
            if (fault == Fault.SLOW) {
                Thread.sleep(slow.toMillis());
            }
            if (fault == Fault.ERROR_500) {
                exchange.sendResponseHeaders(500, -1);
            } else if (fault == Fault.ERROR_429) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(429, -1);
            } else {
                answer(exchange, fault, random.nextBoolean());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Fault fault, boolean cutOff) throws IOException {
        long period = feed.period(clock.instant());
        String etag = "\"" + Long.toHexString(seed) + '-' + period + '"';
        exchange.getResponseHeaders().set("ETag", etag);
        exchange.getResponseHeaders()
                .set(
                        "Last-Modified",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                feed.start(period).atOffset(ZoneOffset.UTC)));
        if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
            exchange.sendResponseHeaders(304, -1);
            return;
        }
        exchange.getResponseHeaders()
                .set("Content-Type", fault == Fault.CONTENT_TYPE ? "text/html" : "application/json");
        byte[] body = feed.body(period);
        if (fault != Fault.TRUNCATED) {
            send(exchange, body, body.length);
        } else {
            byte[] half = Arrays.copyOf(body, body.length / 2);
            send(exchange, half, cutOff ? body.length : half.length);
        }
    }

    private static void send(HttpExchange exchange, byte[] bytes, int length) throws IOException {
        exchange.sendResponseHeaders(200, length);
        OutputStream out = exchange.getResponseBody();
        out.write(bytes);
        if (bytes.length == length) {
            out.close();
        }
    }

    private void shown(HttpExchange exchange) throws IOException {
        try (exchange) {
            StringBuilder lines = new StringBuilder("{\"id\":\"from,to,verifies\"");
            feed.shown(started, clock.instant())
                    .forEach((id, shown) -> lines.append(",\n\"")
                            .append(id)
                            .append("\":\"")
                            .append(shown.from())
                            .append(',')
                            .append(shown.to())
                            .append(',')
                            .append(shown.verifies())
                            .append('"'));
            byte[] body = lines.append("}\n").toString().getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, body, body.length);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
