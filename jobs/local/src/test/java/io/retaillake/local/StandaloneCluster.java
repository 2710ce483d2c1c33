package io.retaillake.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Spark's own cluster manager on this machine: a master and workers with one core and 1 GiB each, a process each. */
final class StandaloneCluster implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;
    private static final int CONNECT_INTERVAL_MILLIS = 100;

    private final Path folder;
    private final String url;
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path folder, int port) {
        this.folder = folder;
        this.url = "spark://127.0.0.1:" + port;
    }

    /** Starts it and waits for the master; a job waits for workers. */
    static StandaloneCluster start(Path folder, int workers) throws IOException, InterruptedException {
        int port = freePort();
        StandaloneCluster cluster = new StandaloneCluster(folder, port);
        cluster.start(
                "master",
                "org.apache.spark.deploy.master.Master",
                List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--webui-port", "0"));
        for (int worker = 1; worker <= workers; worker++) {
            String name = "worker-" + worker;
            List<String> arguments = new ArrayList<>(List.of("--host", "127.0.0.1", "--webui-port", "0"));
            arguments.addAll(List.of("--cores", "1", "--memory", "1g"));
            arguments.addAll(List.of("--work-dir", folder.resolve(name).toString(), cluster.url));
            cluster.start(name, "org.apache.spark.deploy.worker.Worker", arguments);
        }
        cluster.awaitMaster(port);
        return cluster;
    }

    private void start(String name, String mainClass, List<String> arguments) throws IOException {
        Path sparkHome = Submission.PROJECT.sparkHome();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.addAll(Submission.PROJECT.sparkJvmOpens());
        command.addAll(List.of("-cp", sparkHome.resolve("jars") + "/*", mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", sparkHome.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        processes.add(builder.start());
    }

    private void awaitMaster(int port) throws IOException, InterruptedException {
        Process master = processes.get(0);
        while (!master.waitFor(CONNECT_INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (ConnectException e) {
                // Not yet.
            }
        }
        throw new IOException("the master ended: " + Files.readString(folder.resolve("master.log")));
    }

    /** Its master URL. */
    String url() {
        return url;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends its processes. */
    @Override
    public void close() {
        processes.forEach(Process::destroy);
        try {
            for (Process process : processes) {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
