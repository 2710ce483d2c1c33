package io.retaillake.streaming;

import io.retaillake.common.command.HttpUrl;
import io.retaillake.common.job.Problems;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where events come from: a topic of Kafka or a stream of Kinesis. */
final class SourceOptions {

    @Mixin
    private KafkaOptions kafka;

    @Option(
            names = "--stream",
            paramLabel = "<name>",
            description =
                    "In place of a topic: the Kinesis stream that the events are in. A new query begins with its oldest records.")
    private String stream;

    @Option(names = "--region", paramLabel = "<region>", description = "Of the stream; default: the SDK's.")
    private String region;

    @Option(
            names = "--endpoint-url",
            paramLabel = "<url>",
            description = "Of another server that speaks Kinesis' protocol.")
    private String endpointUrl;

    /**
     * A source that was named, and not asked yet.
     *
     * @param queryName the stream's name in the lake where no other is given
     * @param open reaches it
     */
    record Named(String queryName, Supplier<EventSource> open) {}

    /** The source that these options name, or null after adding to {@code problems} what is wrong with them. */
    Named source(Problems problems) {
        return stream == null ? topic(problems) : stream(problems);
    }

    private Named topic(Problems problems) {
        if (region != null || endpointUrl != null) {
            problems.add("--region and --endpoint-url are of --stream only");
        }
        if (kafka.given().isEmpty()) {
            problems.add("no source is given; allowed: --bootstrap-servers with --topic, or --stream");
            return null;
        }
        KafkaOptions.Settings topic = kafka.settings(problems);
        return topic == null
                ? null
                : new Named(
                        "kafka-" + topic.topic(),
                        () -> new KafkaSource(KafkaTopic.describe(topic.topic(), topic.client()), topic.fromLatest()));
    }

    private Named stream(Problems problems) {
        int before = problems.messages().size();
        if (!kafka.given().isEmpty()) {
            problems.add("--stream is given with " + String.join(", ", kafka.given())
                    + "; allowed: a stream of Kinesis or a topic of Kafka");
        }
        if (!stream.matches("[A-Za-z0-9_.-]{1,128}")) {
            problems.add("--stream is '" + stream + "'; allowed: up to 128 letters, digits, '_', '.' and '-'");
        }
        if (region != null && !region.matches("[a-z]{2,}(-[a-z]+)+-\\d+")) {
            problems.add("--region is '" + region + "'; give a region's name like ap-northeast-2");
        }
        if (endpointUrl != null && HttpUrl.parse(endpointUrl).isEmpty()) {
            problems.add("--endpoint-url is no http or https URL, e.g. https://kinesis.ap-northeast-2.amazonaws.com");
        }
        if (problems.messages().size() > before) {
            return null;
        }
        Map<String, String> options = new TreeMap<>();
        if (region != null) {
            options.put("region", region);
        }
        if (endpointUrl != null) {
            options.put("endpointUrl", endpointUrl);
        }
        return new Named("kinesis-" + stream, () -> new KinesisStreamSource(stream, options));
    }
}
