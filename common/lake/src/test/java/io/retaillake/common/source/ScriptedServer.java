package io.retaillake.common.source;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Speaks as much of PostgreSQL's protocol as a driver needs to log in and to execute statements without results: for servers
 * that can't be had here, and for refusals that a real one can't be made to give. It takes one connection.
 */
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final String version;
    private final String refusedStatement;
    private final CompletableFuture<Void> connection;

    /** A server of this version, which answers every statement that contains {@code refusedStatement} by an error. */
    ScriptedServer(String version, String refusedStatement) throws IOException {
        this.version = version;
        this.refusedStatement = refusedStatement;
        connection = CompletableFuture.runAsync(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Waits until the client has ended its connection. */
    void awaitEndOfConnection() throws Exception {
        connection.get(10, TimeUnit.SECONDS);
    }

    private void serve() {
        try (Socket client = socket.accept()) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            in.readNBytes(in.readInt() - Integer.BYTES);
            answer(out, 'R', "\0\0\0\0");
            answer(out, 'S', "server_version\0" + version + "\0");
            answer(out, 'S', "client_encoding\0UTF8\0");
            answer(out, 'S', "standard_conforming_strings\0on\0");
            answer(out, 'S', "integer_datetimes\0on\0");
            answer(out, 'S', "DateStyle\0ISO, MDY\0");
            answer(out, 'Z', "I");
            boolean refused = false;
            while (true) {
                int type = in.read();
                if (type < 0) {
                    return;
                }
                byte[] message = in.readNBytes(in.readInt() - Integer.BYTES);
                switch (type) {
                    case 'Q' -> {
                        execute(out, message, 'C', "SET\0");
                        answer(out, 'Z', "I");
                    }
                    case 'P' -> refused = !execute(out, message, '1', "");
                    case 'B' -> answerUnless(refused, out, '2', "");
                    case 'D' -> answerUnless(refused, out, 'n', "");
                    case 'E' -> answerUnless(refused, out, 'C', "SET\0");
                    case 'S' -> answer(out, 'Z', "I");
                    case 'X' -> {
                        return;
                    }
                    default -> throw new IOException("A message that the script does not know: " + (char) type);
                }
            }
        } catch (EOFException e) {
            // The client has closed its connection.
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers a statement that it executes or parses; returns whether it did not refuse it. */
    private boolean execute(DataOutputStream out, byte[] statement, char type, String content) throws IOException {
        if (new String(statement, StandardCharsets.UTF_8).contains(refusedStatement)) {
            answer(out, 'E', "SERROR\0VERROR\0C42501\0Mpermission denied to set parameter\0\0");
            return false;
        }
        answer(out, type, content);
        return true;
    }

    private static void answerUnless(boolean refused, DataOutputStream out, char type, String content)
            throws IOException {
        if (!refused) {
            answer(out, type, content);
        }
    }

    private static void answer(DataOutputStream out, char type, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        out.writeByte(type);
        out.writeInt(Integer.BYTES + bytes.length);
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
