package io.retaillake.streaming;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A topic of Kafka. A partition's name has the topic's identity, which a topic gets when it is created: one that was created anew has
 * other records under the same numbers.
 */
final class KafkaSource implements EventSource {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaTopic topic;
    private final boolean fromLatest;
    private Admin admin;

    /**
     * A topic.
     *
     * @param fromLatest whether a query that has read nothing yet begins with what comes from now on
     */
    KafkaSource(KafkaTopic topic, boolean fromLatest) {
        this.topic = topic;
        this.fromLatest = fromLatest;
    }

    @Override
    public String description() {
        return "the Kafka topic " + topic.name();
    }

    @Override
    public SourcePositions begin(SourcePositions reached) {
        Map<Integer, KafkaTopic.Offsets> available = topic.offsets();
        List<String> problems = new ArrayList<>();
        reached.offsets().keySet().stream()
                .filter(partition -> partitionNumber(partition).isEmpty())
                .forEach(partition -> problems.add(partition + " is none of this topic, whose identity is " + topic.id()
                        + ": the topic was deleted and created again, or is another one"));
        boolean isNew = reached.offsets().isEmpty();
        SourcePositions begin = SourcePositions.NONE;
        for (Map.Entry<Integer, KafkaTopic.Offsets> entry : available.entrySet()) {
            String partition = partition(entry.getKey());
            KafkaTopic.Offsets offsets = entry.getValue();
            BigInteger next = reached.offsets().get(partition);
            long offset = next != null ? next.longValueExact() : isNew && fromLatest ? offsets.end() : offsets.begin();
            if (offset < offsets.begin()) {
                problems.add(partition + " is held up to " + offset + ", and the topic begins at " + offsets.begin()
                        + ": " + (offsets.begin() - offset) + " records were deleted before they were read");
            } else if (offset > offsets.end()) {
                problems.add(partition + " is held up to " + offset + ", and the topic ends at " + offsets.end()
                        + ": it has lost records, or is another one");
            }
            begin = begin.advancedTo(SourcePositions.of(Map.of(partition, offset)));
        }
        if (!problems.isEmpty()) {
            throw JobException.badData(EventTables.EVENTS + " can't be continued from " + description()
                    + "; nothing was written.\n- " + String.join("\n- ", problems)
                    + "\nIf the topic can't be put back as it was, read what it has under another name: --query <name>. What the"
                    + " lake holds stays.");
        }
        return begin;
    }

    @Override
    public Dataset<Row> stream(SparkSession spark, SourcePositions begin, long maxRecordsPerBatch) {
        return records(spark.readStream()
                .format("kafka")
                .options(topic.sparkOptions())
                .option("subscribe", topic.name())
                .option("startingOffsets", json(begin))
                .option("maxOffsetsPerTrigger", maxRecordsPerBatch)
                .load());
    }

    @Override
    public Dataset<Row> range(SparkSession spark, PositionRange range) {
        List<Integer> partitions = range.to().offsets().keySet().stream()
                .map(partition -> partitionNumber(partition).orElseThrow())
                .toList();
        return records(spark.read()
                .format("kafka")
                .options(topic.sparkOptions())
                .option("assign", json(Map.of(topic.name(), partitions)))
                .option("startingOffsets", json(range.from()))
                .option("endingOffsets", json(range.to()))
                .load());
    }

    private Dataset<Row> records(Dataset<Row> kafka) {
        return kafka.select(
                concat(lit(topic.name() + "-"), col("partition"), lit("@" + topic.id()))
                        .as("source_partition"),
                col("offset").cast("string").as("source_position"),
                col("value").as("payload"),
                col("timestamp").as("arrived_at"));
    }

    @Override
    public SourcePositions positions(String json) {
        try {
            Map<String, Map<Integer, Long>> topics = JSON.readValue(json, new TypeReference<>() {});
            Map<String, Long> offsets = new TreeMap<>();
            topics.get(topic.name()).forEach((number, offset) -> offsets.put(partition(number), offset));
            return SourcePositions.of(offsets);
        } catch (JsonProcessingException e) {
            throw JobException.defect("Spark wrote offsets of Kafka that are not understood: " + json, e);
        }
    }

    @Override
    public void requireUnchanged() {
        if (!topic.isThere(admin())) {
            throw JobException.badData(
                    description() + " was deleted while it was read, or created again under the same name.\nThe"
                            + " batch was not written; what was read before is in the lake. Start it again when the topic is there: it says"
                            + " how to read that as another stream.");
        }
    }

    private Admin admin() {
        if (admin == null) {
            admin = KafkaTopic.admin(topic.clientSettings());
        }
        return admin;
    }

    @Override
    public OptionalLong recordsBehind(SourcePositions positions) {
        try {
            long behind = 0;
            for (Map.Entry<String, BigInteger> entry : positions.offsets().entrySet()) {
                TopicPartition partition = new TopicPartition(
                        topic.name(), partitionNumber(entry.getKey()).orElseThrow());
                long end = admin().listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
                behind += Math.max(0, end - entry.getValue().longValueExact());
            }
            return OptionalLong.of(behind);
        } catch (ExecutionException e) {
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close();
        }
    }

    private String json(SourcePositions positions) {
        Map<Integer, BigInteger> offsets = new TreeMap<>();
        positions
                .offsets()
                .forEach((partition, offset) ->
                        offsets.put(partitionNumber(partition).orElseThrow(), offset));
        return json(Map.of(topic.name(), offsets));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw JobException.defect("Offsets can't be written as JSON", e);
        }
    }

    private String partition(int number) {
        return topic.name() + "-" + number + "@" + topic.id();
    }

    private Optional<Integer> partitionNumber(String partition) {
        String prefix = topic.name() + "-";
        String suffix = "@" + topic.id();
        return partition.startsWith(prefix) && partition.endsWith(suffix)
                ? Optional.of(
                        Integer.valueOf(partition.substring(prefix.length(), partition.length() - suffix.length())))
                : Optional.empty();
    }
}
