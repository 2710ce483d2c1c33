package io.retaillake.local;

import io.retaillake.common.relay.HttpRelay;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Spoils some of the requests that it passes on, by a seeded chance. */
final class FaultyProxy extends HttpRelay {

    /** An answer later than that is one that clients with {@link #SHORT_TIMEOUT_MILLIS} don't wait for. */
    private static final int LONG_DELAY_MILLIS = 5000;

    /** A client's time-out that one delay in {@link #DELAYS_PER_LONG_ONE} exceeds. */
    static final int SHORT_TIMEOUT_MILLIS = 3000;

    private static final int DELAYS_PER_LONG_ONE = 50;
    private static final int MOST_DELAY_MILLIS = 200;
    private static final int BYTES_BEFORE_RESET = 200;

    /** How a request is spoilt. */
    enum Fault {
        /** It never reaches the server; the answer is 500 or 503. */
        REFUSED,
        /** It is passed on only after a while, now and then too late for the client. */
        SLOW,
        /** The connection is reset before it reaches the server, or in the middle of the answer. */
        RESET
    }

    private final Fault fault;
    private final double share;
    private final Random random;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    private FaultyProxy(int serverPort, Fault fault, double share, long seed) throws IOException {
        super(serverPort);
        this.fault = fault;
        this.share = share;
        this.random = new Random(seed);
        System.out.println("faults: " + fault + " for " + share + " of the requests, seed " + seed);
    }

    /** Spoils a {@code share} of the requests to the server on {@code serverPort}. */
    static FaultyProxy start(int serverPort, Fault fault, double share, long seed) throws IOException {
        FaultyProxy proxy = new FaultyProxy(serverPort, fault, share, seed);
        proxy.listen();
        return proxy;
    }

    int requests() {
        return requests.get();
    }

    int faults() {
        return faults.get();
    }

    @Override
    protected boolean handle(String head, Connection connection) throws IOException {
        requests.incrementAndGet();
        if (isSpoilt()) {
            return spoil(head, connection);
        }
        connection.forward(head);
        return true;
    }

    private synchronized boolean isSpoilt() {
        return random.nextDouble() < share;
    }

    private synchronized int chance(int bound) {
        return random.nextInt(bound);
    }

    /** Whether the connection goes on. */
    private boolean spoil(String head, Connection connection) throws IOException {
        faults.incrementAndGet();
        switch (fault) {
            case REFUSED -> {
                refuse(connection.client().getOutputStream());
                return false;
            }
            case SLOW -> {
                pause(chance(DELAYS_PER_LONG_ONE) == 0 ? LONG_DELAY_MILLIS : chance(MOST_DELAY_MILLIS));
                connection.forward(head);
                return true;
            }
            case RESET -> {
                if (chance(2) == 0) {
                    reset(connection.client());
                    return false;
                }
                connection.resetAfter(BYTES_BEFORE_RESET);
                connection.forward(head);
                return true;
            }
        }
        throw new IllegalStateException(fault.toString());
    }

    private void refuse(OutputStream out) throws IOException {
        boolean busy = chance(2) == 0;
        String code = busy ? "SlowDown" : "InternalError";
        String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>injected</Message></Error>";
        String answer = "HTTP/1.1 " + (busy ? "503 Slow Down" : "500 Internal Server Error")
                + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
