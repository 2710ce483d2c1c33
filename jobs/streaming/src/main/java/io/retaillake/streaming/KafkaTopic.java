package io.retaillake.streaming;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic as its brokers describe it when the job begins.
 *
 * @param name its name
 * @param id its identity, which it got when it was created; {@code 0} of brokers that have none (before 2.8)
 * @param offsets what can be read of each partition
 * @param clientSettings the Kafka client's, without prefix
 */
record KafkaTopic(String name, String id, SortedMap<Integer, Offsets> offsets, Map<String, String> clientSettings) {

    private static final int TIMEOUT_MS = 15_000;

    /**
     * What a partition has.
     *
     * @param begin the first record's number
     * @param end the next record's
     */
    record Offsets(long begin, long end) {}

    /**
     * Asks the brokers.
     *
     * @throws JobException exit code 4 if they can't be reached or don't know the topic
     */
    static KafkaTopic describe(String name, Map<String, String> clientSettings) {
        try (Admin admin = admin(clientSettings)) {
            TopicDescription description =
                    admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
            Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(admin, description, OffsetSpec.earliest());
            Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(admin, description, OffsetSpec.latest());
            SortedMap<Integer, Offsets> offsets = new TreeMap<>();
            begins.forEach((partition, begin) -> offsets.put(
                    partition.partition(),
                    new Offsets(begin.offset(), ends.get(partition).offset())));
            return new KafkaTopic(name, identity(description), offsets, clientSettings);
        } catch (ExecutionException e) {
            throw unreachable(name, clientSettings, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(name, e);
        } catch (org.apache.kafka.common.KafkaException e) {
            throw unreachable(name, clientSettings, e.getCause() == null ? e : e.getCause());
        }
    }

    private static String identity(TopicDescription description) {
        Uuid id = description.topicId();
        return id == null || id.equals(Uuid.ZERO_UUID) ? "0" : id.toString();
    }

    /**
     * Whether the brokers still have this topic, and not another one of its name.
     *
     * @throws JobException exit code 4 if they can't be reached
     */
    boolean isThere(Admin admin) {
        try {
            return identity(admin.describeTopics(List.of(name))
                            .allTopicNames()
                            .get()
                            .get(name))
                    .equals(id);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw unreachable(name, clientSettings, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(name, e);
        }
    }

    private static JobException interrupted(String name, InterruptedException e) {
        Thread.currentThread().interrupt();
        return JobException.outsideSystem("Interrupted while Kafka was asked about the topic " + name, e);
    }

    /** A client for questions about topics. */
    static Admin admin(Map<String, String> clientSettings) {
        Properties properties = new Properties();
        properties.putAll(clientSettings);
        properties.put("default.api.timeout.ms", TIMEOUT_MS);
        properties.put("request.timeout.ms", TIMEOUT_MS);
        return Admin.create(properties);
    }

    private static JobException unreachable(String name, Map<String, String> settings, Throwable cause) {
        return JobException.outsideSystem(
                "Kafka at " + settings.get("bootstrap.servers") + " gave no answer about the topic " + name + ": "
                        + cause.getMessage() + advice(cause),
                cause);
    }

    private static String advice(Throwable cause) {
        if (Failures.find(cause, CertPathBuilderException.class).isPresent()
                || Failures.find(cause, CertPathValidatorException.class).isPresent()) {
            return "\nThe broker's certificate was issued by an authority that is not trusted.\nName the right authorities with"
                    + " --kafka-truststore, or make sure that these are the right brokers.";
        }
        return Failures.find(cause, SSLHandshakeException.class)
                .map(failure -> "\n" + failure.getMessage()
                        + "\nConnect by a name that is in the broker's certificate (--bootstrap-servers).")
                .orElse(
                        "\nCheck --bootstrap-servers, --topic, --kafka-security, the network's rules, and that the role may"
                                + " describe and read the topic.");
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, TopicDescription description, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(description.partitions().stream()
                        .map(TopicPartitionInfo::partition)
                        .map(partition -> new TopicPartition(description.name(), partition))
                        .collect(Collectors.toMap(partition -> partition, partition -> spec)))
                .all()
                .get();
    }

    /** What Spark's reader needs; it fails rather than go on when records are gone. */
    Map<String, String> sparkOptions() {
        Map<String, String> options = new TreeMap<>();
        clientSettings.forEach((setting, value) -> options.put("kafka." + setting, value));
        options.put("failOnDataLoss", "true");
        return options;
    }
}
