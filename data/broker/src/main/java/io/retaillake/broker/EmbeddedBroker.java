package io.retaillake.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/** One broker of Kafka in this process, on free ports of this machine, that keeps its topics in a folder. */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final Security security;

    /**
     * How clients and the broker talk.
     *
     * @param protocol Kafka's name of it, e.g. {@code SSL}
     * @param broker the broker's settings for it
     * @param client what a client needs beside the addresses
     */
    public record Security(String protocol, Map<String, String> broker, Map<String, String> client) {

        static final Security NONE = new Security("PLAINTEXT", Map.of(), Map.of());
    }

    private EmbeddedBroker(KafkaRaftServer server, Path folder, int port, int controllerPort, Security security) {
        this.server = server;
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
        this.security = security;
    }

    /**
     * Starts a broker, which takes some seconds. A folder of an earlier broker has its topics.
     *
     * @throws RuntimeException as Kafka throws it, if it does not start; nothing of it runs on then
     */
    public static EmbeddedBroker start(Path folder) throws IOException {
        return start(folder, Security.NONE);
    }

    /** Starts a broker that talks to its clients in this way. */
    public static EmbeddedBroker start(Path folder, Security security) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnFreePorts(folder, security);
            } catch (RuntimeException e) {
                // Somebody else may take a port between the moment when it was free and the broker's start.
                if (attempt == MOST_ATTEMPTS || !isOfTakenPort(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isOfTakenPort(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(BindException.class::isInstance);
    }

    private static EmbeddedBroker startOnFreePorts(Path folder, Security security) throws IOException {
        int port;
        int controllerPort;
        // Both are held before one is let go, or the second might be the first once more.
        try (ServerSocket one = freePort();
                ServerSocket other = freePort()) {
            port = one.getLocalPort();
            controllerPort = other.getLocalPort();
        }
        return start(folder, security, port, controllerPort);
    }

    static EmbeddedBroker start(Path folder, Security security, int port, int controllerPort) throws IOException {
        Files.createDirectories(folder);
        Path meta = folder.resolve("meta.properties");
        if (Files.notExists(meta)) {
            Files.writeString(meta, "version=1\ncluster.id=" + Uuid.randomUuid() + "\nnode.id=1\n");
        }
        Properties properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "CLIENTS://127.0.0.1:" + port),
                Map.entry("inter.broker.listener.name", "CLIENTS"),
                Map.entry("listener.security.protocol.map", "CLIENTS:" + security.protocol() + ",CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", folder.toString()),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("log.retention.check.interval.ms", "500"),
                Map.entry("group.initial.rebalance.delay.ms", "0")));
        properties.putAll(security.broker());
        KafkaRaftServer server = RaftServer.of(new KafkaConfig(properties));
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            server.awaitShutdown();
            throw e;
        }
        return new EmbeddedBroker(server, folder, port, controllerPort, security);
    }

    private static ServerSocket freePort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    /** What clients connect to. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** After {@link #close()}: the same broker with its topics and addresses, for clients that have waited for it. */
    public EmbeddedBroker startAgain() throws IOException {
        return start(folder, security, port, controllerPort);
    }

    /** Creates a topic. */
    public void createTopic(String name, int partitions) {
        administer(admin -> admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get());
    }

    /** Deletes a topic with all that is in it. */
    public void deleteTopic(String name) {
        administer(admin -> admin.deleteTopics(List.of(name)).all().get());
    }

    /** Gives a topic more partitions, so that it has {@code partitions} in all. */
    public void addPartitions(String name, int partitions) {
        administer(admin -> admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions)))
                .all()
                .get());
    }

    /** The settings that a client of this broker needs, its addresses among them. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new TreeMap<>(security.client());
        settings.put("bootstrap.servers", bootstrapServers());
        settings.put("security.protocol", security.protocol());
        return settings;
    }

    private interface Administration {
        void run(Admin admin) throws ExecutionException, InterruptedException;
    }

    private void administer(Administration administration) {
        try (Admin admin = Admin.create(clientSettings())) {
            administration.run(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "The broker refused: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the broker was asked", e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
