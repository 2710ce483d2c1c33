package io.retaillake.events.send;

import io.retaillake.common.command.HttpUrl;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that say where events go: a topic of Kafka, a stream of Kinesis, or one of Firehose. */
final class TargetOptions {

    @Option(names = "--bootstrap-servers", paramLabel = "<host:port,…>", description = "Kafka's brokers.")
    private String bootstrapServers;

    @Option(names = "--topic", paramLabel = "<name>", description = "The topic of Kafka.")
    private String topic;

    @Option(names = "--stream", paramLabel = "<name>", description = "In place of a topic: the Kinesis data stream.")
    private String stream;

    @Option(
            names = "--delivery-stream",
            paramLabel = "<name>",
            description = "In place of a topic: the Firehose stream. Each event is a line there.")
    private String deliveryStream;

    @Option(
            names = "--region",
            paramLabel = "<region>",
            description = "Of the Kinesis or Firehose stream; default: the SDK's.")
    private String region;

    @Option(
            names = "--endpoint-url",
            paramLabel = "<url>",
            description = "Of another server that speaks Kinesis' or Firehose's protocol.")
    private String endpointUrl;

    /**
     * A target that was named, and not reached yet.
     *
     * @param name for messages
     * @param open reaches it
     */
    record Named(String name, Supplier<EventSender> open) {}

    /** The target that these options name, or none after adding to {@code problems} everything that is wrong with them. */
    Optional<Named> target(List<String> problems) {
        int before = problems.size();
        List<String> given = new ArrayList<>();
        if (bootstrapServers != null || topic != null) {
            given.add("--bootstrap-servers with --topic");
            addKafkaProblems(problems);
        }
        if (stream != null) {
            given.add("--stream");
            requireName("--stream", stream, 128, problems);
        }
        if (deliveryStream != null) {
            given.add("--delivery-stream");
            requireName("--delivery-stream", deliveryStream, 64, problems);
        }
        if (given.size() != 1) {
            problems.add((given.isEmpty() ? "no target is given" : String.join(" and ", given) + " are given")
                    + "; allowed: one of --bootstrap-servers with --topic, --stream, --delivery-stream");
        }
        Optional<URI> endpoint = Optional.ofNullable(endpointUrl).flatMap(HttpUrl::parse);
        addAwsProblems(endpoint, problems);
        return problems.size() > before ? Optional.empty() : Optional.of(named(endpoint.orElse(null)));
    }

    private void addKafkaProblems(List<String> problems) {
        if (bootstrapServers == null || !bootstrapServers.matches("[^\\s,:]+:\\d+(,[^\\s,:]+:\\d+)*")) {
            problems.add(
                    "--bootstrap-servers is " + (bootstrapServers == null ? "missing" : "'" + bootstrapServers + "'")
                            + "; allowed: host:port, several by commas");
        }
        if (topic == null) {
            problems.add("--topic is missing");
        } else {
            requireName("--topic", topic, 249, problems);
        }
    }

    private void addAwsProblems(Optional<URI> endpoint, List<String> problems) {
        boolean isKafka = stream == null && deliveryStream == null && (bootstrapServers != null || topic != null);
        if (isKafka && (region != null || endpointUrl != null)) {
            problems.add("--region and --endpoint-url are of --stream and --delivery-stream only");
        }
        if (region != null && !region.matches("[a-z]{2,}(-[a-z]+)+-\\d+")) {
            problems.add("--region is '" + region + "'; give a region's name like ap-northeast-2");
        }
        if (endpointUrl != null && endpoint.isEmpty()) {
            problems.add("--endpoint-url is no http or https URL, e.g. https://kinesis.ap-northeast-2.amazonaws.com");
        }
    }

    private static void requireName(String option, String name, int longest, List<String> problems) {
        if (!name.matches("[A-Za-z0-9._-]{1," + longest + "}")) {
            problems.add(
                    option + " is '" + name + "'; allowed: up to " + longest + " letters, digits, '.', '_' and '-'");
        }
    }

    private Named named(URI endpoint) {
        AwsConnection connection = new AwsConnection(region, endpoint);
        if (stream != null) {
            return new Named(
                    "the Kinesis stream " + stream, () -> new KinesisSender(stream, connection, Backoff.standard()));
        }
        if (deliveryStream != null) {
            return new Named(
                    "the Firehose stream " + deliveryStream,
                    () -> new FirehoseSender(deliveryStream, connection, Backoff.standard()));
        }
        return new Named(
                "the topic " + topic + " at " + bootstrapServers, () -> new KafkaSender(bootstrapServers, topic));
    }
}
