package io.retaillake.streaming;

import io.retaillake.common.job.Problems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** The options that name a topic of Kafka. */
final class KafkaOptions {

    private static final Map<String, String> MSK_IAM = Map.of(
            "security.protocol",
            "SASL_SSL",
            "sasl.mechanism",
            "AWS_MSK_IAM",
            "sasl.jaas.config",
            inMsk("IAMLoginModule required;"),
            "sasl.client.callback.handler.class",
            inMsk("IAMClientCallbackHandler"));

    @Option(names = "--bootstrap-servers", paramLabel = "<host:port,…>", description = "Kafka's brokers.")
    private String bootstrapServers;

    @Option(names = "--topic", paramLabel = "<name>", description = "The topic that the events are in.")
    private String topic;

    @Option(
            names = "--kafka-security",
            paramLabel = "plaintext|tls|msk-iam",
            description = "How brokers are talked to; msk-iam needs aws-msk-iam-auth among the job's jars; default"
                    + " plaintext.")
    private String security;

    @Option(
            names = "--kafka-truststore",
            paramLabel = "<pem file>",
            description =
                    "With tls and msk-iam: the authorities that may have signed the brokers' certificates; default: Java's,"
                            + " which MSK's are among.")
    private Path truststore;

    @Option(
            names = "--from",
            paramLabel = "earliest|latest",
            description = "Where a query begins that has read nothing yet; default earliest.")
    private String from;

    /**
     * A topic and how it is reached.
     *
     * @param client the Kafka client's settings
     */
    record Settings(String topic, Map<String, String> client, boolean fromLatest) {}

    /** The options of Kafka that are given. */
    List<String> given() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("--bootstrap-servers", bootstrapServers);
        values.put("--topic", topic);
        values.put("--kafka-security", security);
        values.put("--kafka-truststore", truststore);
        values.put("--from", from);
        values.values().removeIf(Objects::isNull);
        return List.copyOf(values.keySet());
    }

    /** The settings that these options describe, or null after adding to {@code problems} what is wrong with them. */
    Settings settings(Problems problems) {
        int before = problems.messages().size();
        if (bootstrapServers == null || !bootstrapServers.matches("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*")) {
            problems.add(
                    "--bootstrap-servers is " + quoted(bootstrapServers) + "; allowed: host:port, several by commas");
        }
        if (topic == null || !topic.matches("[A-Za-z0-9._-]{1,249}")) {
            problems.add("--topic is " + quoted(topic) + "; allowed: up to 249 letters, digits, '.', '_' and '-'");
        }
        if (from != null && !from.equals("earliest") && !from.equals("latest")) {
            problems.add("--from is '" + from + "'; allowed: earliest, latest");
        }
        Map<String, String> client = new TreeMap<>();
        client.put("bootstrap.servers", bootstrapServers);
        String protocol = Objects.requireNonNullElse(security, "plaintext");
        switch (protocol) {
            case "plaintext" -> client.put("security.protocol", "PLAINTEXT");
            case "tls" -> client.put("security.protocol", "SSL");
            case "msk-iam" -> client.putAll(MSK_IAM);
            default -> problems.add("--kafka-security is '" + security + "'; allowed: plaintext, tls, msk-iam");
        }
        if (truststore != null) {
            if (protocol.equals("plaintext")) {
                problems.add(
                        "--kafka-truststore is given, but no certificate is checked with --kafka-security plaintext");
            } else {
                KafkaTruststore.read(truststore, problems).ifPresent(authorities -> {
                    client.put("ssl.truststore.type", "PEM");
                    client.put("ssl.truststore.certificates", authorities);
                });
            }
        }
        return problems.messages().size() > before ? null : new Settings(topic, client, "latest".equals(from));
    }

    /** Not one constant, for the job jar renames the SDK's packages in constants, and this library is not in it. */
    private static String inMsk(String name) {
        return String.join(".", "software", "amazon", "msk", "auth", "iam", name);
    }

    private static String quoted(String value) {
        return value == null ? "missing" : "'" + value + "'";
    }
}
