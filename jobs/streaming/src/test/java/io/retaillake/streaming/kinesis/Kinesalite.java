package io.retaillake.streaming.kinesis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of Kinesis' protocol, installed by npm. */
public final class Kinesalite implements AutoCloseable {

    private static final String PACKAGE = "kinesalite@3.3.3";

    private final Process process;
    private final String url;

    private Kinesalite(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one; the tests are skipped without Node, npm, and a registry that npm can reach. */
    public static Kinesalite start() throws IOException, InterruptedException {
        assumeTrue(
                isCommand("node") && isCommand("npm"),
                "Skipped: the tests with Kinesis need Node and npm, which aren't on the PATH");
        // The SDK speaks CBOR with Kinesis, and this server's is not complete.
        System.setProperty("aws.cborEnabled", "false");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        int port = freePort();
        Process process = new ProcessBuilder(
                        "node",
                        installed().toString(),
                        "--port",
                        Integer.toString(port),
                        "--createStreamMs",
                        "0",
                        "--updateStreamMs",
                        "0",
                        "--deleteStreamMs",
                        "0",
                        "--shardLimit",
                        "1000")
                .redirectErrorStream(true)
                .start();
        Kinesalite server = new Kinesalite(process, "http://127.0.0.1:" + port);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        // Newer versions of Node warn of what the server uses, before or after it says that it listens.
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith("Listening")) {
                return server;
            }
        }
        server.close();
        throw new IllegalStateException("kinesalite did not start: " + lines);
    }

    /** What clients call. */
    public String url() {
        return url;
    }

    private static Path installed() throws IOException, InterruptedException {
        // The same for the modules beside this one, whose tests run in their own folders.
        Path folder = Path.of("..", "streaming", "target", "kinesalite")
                .toAbsolutePath()
                .normalize();
        Path program = folder.resolve("node_modules/kinesalite/cli.js");
        if (!Files.exists(program)) {
            Files.createDirectories(folder);
            File log = folder.resolve("npm.log").toFile();
            Process npm = new ProcessBuilder(
                            "npm",
                            "install",
                            "--prefix",
                            folder.toString(),
                            "--no-save",
                            "--no-audit",
                            "--no-fund",
                            "--ignore-scripts",
                            PACKAGE)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            assumeTrue(
                    npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0,
                    "Skipped: npm could not install " + PACKAGE + "; why is in " + log);
        }
        return program;
    }

    private static boolean isCommand(String name) throws InterruptedException {
        try {
            return new ProcessBuilder(name, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
