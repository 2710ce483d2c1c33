package io.retaillake.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between an HTTP client and its server and spoils some of the requests, by a seeded chance. */
final class FaultyProxy implements AutoCloseable {

    private static final int MOST_DELAY_MILLIS = 3000;
    private static final int BYTES_BEFORE_RESET = 200;

    /** How a request is spoilt. */
    enum Fault {
        /** It never reaches the server; the answer is 500 or 503. */
        REFUSED,
        /** It is passed on only after a while. */
        SLOW,
        /** The connection is reset before it reaches the server, or in the middle of the answer. */
        RESET
    }

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "faulty proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final int serverPort;
    private final Fault fault;
    private final double share;
    private final Random random;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    private FaultyProxy(int serverPort, Fault fault, double share, long seed) throws IOException {
        this.serverPort = serverPort;
        this.fault = fault;
        this.share = share;
        this.random = new Random(seed);
        System.out.println("faults: " + fault + " for " + share + " of the requests, seed " + seed);
        threads.execute(this::accept);
    }

    /** Spoils a {@code share} of the requests to the server on {@code serverPort}. */
    static FaultyProxy start(int serverPort, Fault fault, double share, long seed) throws IOException {
        return new FaultyProxy(serverPort, fault, share, seed);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int requests() {
        return requests.get();
    }

    int faults() {
        return faults.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            AtomicInteger bytesUntilReset = new AtomicInteger(-1);
            threads.execute(() -> answer(server, client, bytesUntilReset));
            InputStream in = client.getInputStream();
            for (String head = readHead(in); head != null; head = readHead(in)) {
                requests.incrementAndGet();
                if (!isSpoilt()) {
                    forward(head, in, server.getOutputStream());
                } else if (!spoil(head, in, client, server, bytesUntilReset)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client or the server hung up, or we did; the client sees a lost connection.
        }
    }

    private synchronized boolean isSpoilt() {
        return random.nextDouble() < share;
    }

    private synchronized int chance(int bound) {
        return random.nextInt(bound);
    }

    /** Whether the connection goes on. */
    private boolean spoil(String head, InputStream in, Socket client, Socket server, AtomicInteger bytesUntilReset)
            throws IOException {
        faults.incrementAndGet();
        switch (fault) {
            case REFUSED -> {
                refuse(client.getOutputStream());
                return false;
            }
            case SLOW -> {
                pause(chance(MOST_DELAY_MILLIS));
                forward(head, in, server.getOutputStream());
                return true;
            }
            case RESET -> {
                if (chance(2) == 0) {
                    reset(client);
                    return false;
                }
                bytesUntilReset.set(BYTES_BEFORE_RESET);
                forward(head, in, server.getOutputStream());
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

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(Socket server, Socket client, AtomicInteger bytesUntilReset) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int left = bytesUntilReset.get();
                out.write(buffer, 0, left < 0 ? read : Math.min(read, left));
                out.flush();
                if (left >= 0) {
                    reset(client);
                    return;
                }
            }
            client.close();
        } catch (IOException e) {
            // As above.
        }
    }

    private static void forward(String head, InputStream in, OutputStream out) throws IOException {
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        long length = 0;
        for (String line : head.split("\r\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("S3 clients send no " + line);
            }
        }
        byte[] buffer = new byte[8192];
        while (length > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, length));
            if (read < 0) {
                throw new EOFException("in the middle of a request");
            }
            out.write(buffer, 0, read);
            length -= read;
        }
        out.flush();
    }

    /** A request up to its empty line; null where the client ends the connection. */
    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.append((char) octet);
            if (octet == '\n'
                    && head.length() >= 4
                    && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
