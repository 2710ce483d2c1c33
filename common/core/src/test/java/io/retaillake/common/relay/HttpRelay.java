package io.retaillake.common.relay;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between HTTP clients and their server, and passes requests and answers on byte by byte. */
public abstract class HttpRelay implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private final int serverPort;

    /** Passes nothing on before {@link #listen}. */
    protected HttpRelay(int serverPort) throws IOException {
        this.serverPort = serverPort;
    }

    /** A client's connection to the relay, and the relay's to the server. */
    public static final class Connection {

        private final Socket client;
        private final Socket server;
        private final AtomicInteger bytesUntilReset = new AtomicInteger(-1);

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        /** The client's side, to answer in the server's place. */
        public Socket client() {
            return client;
        }

        /** Has the connection to the client reset after so many bytes of the answer. */
        public void resetAfter(int bytes) {
            bytesUntilReset.set(bytes);
        }

        /** Passes a request on and returns its body. */
        public byte[] forward(String head) throws IOException {
            OutputStream out = server.getOutputStream();
            // Before the body, which a client may only send when the server has said that it may.
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (long left = contentLength(head); left > 0; ) {
                int read = client.getInputStream().read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("in the middle of a request");
                }
                out.write(buffer, 0, read);
                body.write(buffer, 0, read);
                left -= read;
            }
            out.flush();
            return body.toByteArray();
        }
    }

    /**
     * Does what is to be done with a request whose head, up to its empty line, was read.
     *
     * @return whether the connection goes on
     */
    protected abstract boolean handle(String head, Connection connection) throws IOException;

    /** Begins to pass on. */
    protected final void listen() {
        threads.execute(this::accept);
    }

    /** Where clients find it in the server's place. */
    public final String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
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
            // Else what is sent in two parts waits for the other side's late acknowledgement of the first.
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Connection connection = new Connection(client, server);
            threads.execute(() -> answer(connection));
            InputStream in = client.getInputStream();
            for (String head = readHead(in); head != null; head = readHead(in)) {
                if (!handle(head, connection)) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client or the server hung up, or we did; the client sees a lost connection.
        }
    }

    private static void answer(Connection connection) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = connection.server.getInputStream();
            OutputStream out = connection.client.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                int left = connection.bytesUntilReset.get();
                out.write(buffer, 0, left < 0 ? read : Math.min(read, left));
                out.flush();
                if (left >= 0) {
                    reset(connection.client);
                    return;
                }
            }
            connection.client.close();
        } catch (IOException e) {
            // As above.
        }
    }

    /** Has the client see a lost connection. */
    protected static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static long contentLength(String head) throws IOException {
        long length = 0;
        for (String line : head.split("\r\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("AWS's clients send no " + line);
            }
        }
        return length;
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
    public final void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
