package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.events.generator.EventGenerator;
import io.retaillake.events.send.KafkaSender;
import io.retaillake.events.send.MeasuredSending;
import io.retaillake.events.send.Pace;
import io.retaillake.events.send.Sending;
import io.retaillake.streaming.StreamingLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A stream that is killed again and again while events come and a reader reads, and what is in the lake in the end. */
final class StreamKills {

    private static final String TOPIC = "numbered";
    private static final int GENERATED = 100;
    private static final int MOST_AFTER_FIRST_FILE_MILLIS = 6000;

    private final Path folder;
    private final long seed;
    private final Random random;
    private final List<String> story = new ArrayList<>();

    StreamKills(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
        this.random = new Random(seed);
    }

    void assertNothingLostOrTwice(int kills) throws Exception {
        Path lake = folder.resolve("lake");
        Submission submission =
                new Submission(folder, new SecretWatch(List.of()), "local[2]", "spark.sql.shuffle.partitions=2");
        long sent;
        List<String> problems;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            broker.createTopic(TOPIC, 3);
            List<String> arguments = List.of(
                    "--lake", lake.toString(), "--bootstrap-servers", broker.bootstrapServers(), "--topic", TOPIC);
            try (NumberedEvents events = NumberedEvents.to(broker.bootstrapServers(), TOPIC);
                    EventReader reader = EventReader.of(lake)) {
                for (int kill = 0; kill < kills; kill++) {
                    kill(submission, lake, arguments);
                }
                sent = events.sent();
                problems = reader.problems();
            }
            // Beside them, what bin/events sends.
            try (KafkaSender sender = new KafkaSender(broker.bootstrapServers(), TOPIC)) {
                EventGenerator generator = new EventGenerator(1, 0.2, 0);
                var unused = MeasuredSending.send(
                        new Sending(generator, GENERATED, GENERATED, Pace.UNLIMITED), sender, line -> {});
            }
            Submission.Ended last = submission.submit(StreamingLake.STREAM_EVENTS, with(arguments, "--available-now"));
            assertThat(last.exitCode()).as(last.err()).isZero();
        }
        String as = "after kills with -Dfaults.seed=" + seed + "\n" + String.join("\n", story);
        long rejected = NumberedEvents.rejected(sent);
        EventGenerator generator = new EventGenerator(1, 0.2, 0);
        long generatedRejects = Stream.generate(() -> generator.next(Instant.EPOCH))
                .limit(GENERATED)
                .filter(event -> event.rejectReason().isPresent())
                .count();
        System.out.println(kills + " kills, " + sent + " records sent\n" + String.join("\n", story));
        assertThat(problems).as(as).isEmpty();
        assertThat(submission.query(lake, FIGURES))
                .as(as)
                .containsExactly(
                        "events " + (sent - rejected + GENERATED - generatedRejects),
                        "different " + (sent - rejected),
                        "rejects " + (rejected + generatedRejects),
                        "different rejects " + (rejected + generatedRejects),
                        "not in windows or late 0");
    }

    private static final String FIGURES = """
            WITH closed AS (SELECT max(window_end) AS through FROM (
                SELECT window_end FROM gold.events_by_window UNION ALL SELECT window_end FROM gold.late_events))
            SELECT 'events ' || count(*) FROM silver.events
            UNION ALL SELECT 'different ' || count(DISTINCT user_id) FROM silver.events WHERE status_code IS NULL AND ip_address IS NULL
            UNION ALL SELECT 'rejects ' || count(*) FROM silver.event_rejects
            UNION ALL SELECT 'different rejects ' || count(DISTINCT source_partition, source_position) FROM silver.event_rejects
            UNION ALL SELECT 'not in windows or late ' || (
                (SELECT count(*) FROM silver.events, closed WHERE timestamp < through)
                - coalesce((SELECT sum(count_of_event) FROM gold.events_by_window), 0)
                - coalesce((SELECT sum(count_of_event) FROM gold.late_events), 0))""";

    private void kill(Submission submission, Path lake, List<String> arguments) throws Exception {
        long filesBefore = dataFiles(lake);
        int millis = random.nextInt(MOST_AFTER_FIRST_FILE_MILLIS);
        int trigger = random.nextInt(2);
        long[] due = new long[1];
        Submission.Ended ended = submission.kill(
                StreamingLake.STREAM_EVENTS, with(arguments, "--trigger-seconds", Integer.toString(trigger)), () -> {
                    if (due[0] == 0 && dataFiles(lake) > filesBefore) {
                        due[0] = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                    }
                    return due[0] != 0 && System.nanoTime() >= due[0];
                });
        long batches = ended.out()
                .lines()
                .filter(line -> line.startsWith("events batch="))
                .count();
        story.add("killed " + millis + " ms after its first file, trigger " + trigger + " s, " + batches
                + " batches done");
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(137);
    }

    private static long dataFiles(Path lake) throws IOException {
        Path data = lake.resolve("data/factdata/silver/events/data");
        if (!Files.exists(data)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        } catch (UncheckedIOException e) {
            // A file went while it was looked for.
            return 0;
        }
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }
}
