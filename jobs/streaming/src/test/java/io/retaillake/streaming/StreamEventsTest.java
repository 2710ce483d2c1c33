package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Batch;
import io.retaillake.common.publish.BatchPublication;
import io.retaillake.common.publish.QueryProgress;
import io.retaillake.common.run.FailedJobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamEventsTest {

    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    private StreamedTopic topic;

    @BeforeAll
    static void startBroker() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeTopic() {
        topic = new StreamedTopic(broker, folder);
    }

    @Test
    void everyPayloadIsAnEventOrARejectWithAllReasons() throws Exception {
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200), "not json", null, "{\"event_type\":7}");
            to.send(1, Topic.event("view", 404) + "\n" + Topic.event("view", 302));
        }

        topic.stream();

        assertThat(topic.rows(
                        "SELECT event_type, ip_address, status_category, path, user_id FROM %s ORDER BY status_code",
                        EventTables.EVENTS))
                .containsExactly(
                        "[login,192.168.1.xxx,Success,/api/users?name=,1234]",
                        "[view,192.168.1.xxx,Redirection,/api/users?name=,1234]",
                        "[view,192.168.1.xxx,Client Error,/api/users?name=,1234]");
        assertThat(topic.rows(
                        "SELECT source_position, array_join(reasons, ' '), string(payload) FROM %s ORDER BY 1",
                        EventTables.EVENT_REJECTS))
                .containsExactly(
                        "[1,NOT_JSON,not json]",
                        "[2,NOT_JSON,]",
                        "[3,NO_TIMESTAMP EVENT_TYPE_NOT_TEXT,{\"event_type\":7}]");
    }

    @Test
    void goesOnWhereTheLakeIsWithoutACheckpoint() throws Exception {
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200));
            topic.stream();
            topic.stream();
            to.send(0, Topic.event("view", 200), "broken");
            broker.addPartitions(topic.name(), 3);
            to.send(2, Topic.event("logout", 200));
        }

        Path metrics = folder.resolve("metrics.json");
        topic.stream("--metrics", metrics.toString());

        assertThat(Files.readString(metrics))
                .contains(
                        "\"Namespace\":\"RetailLake/Events\"",
                        "\"received\":3,\"accepted\":2,\"rejected\":1,\"rejected_NOT_JSON\":1,\"records_behind\":0")
                .hasLineCount(1);

        assertThat(topic.rows("SELECT event_type FROM %s ORDER BY 1", EventTables.EVENTS))
                .containsExactly("[login]", "[logout]", "[view]");
        assertThat(topic.rows("SELECT count(*) FROM %s", EventTables.EVENT_REJECTS))
                .containsExactly("[1]");
    }

    @Test
    void aTopicThatWasCreatedAnewIsRefused() throws Exception {
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200));
        }
        topic.stream();
        broker.deleteTopic(topic.name());
        topic.create();
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("view", 200), Topic.event("view", 200));
        }

        assertThatThrownBy(() -> topic.stream())
                .isInstanceOf(FailedJobException.class)
                .hasMessageContainingAll("created again", "--query");
        assertThat(topic.rows("SELECT count(*) FROM %s", EventTables.EVENTS)).containsExactly("[1]");

        topic.stream("--query", "anew");
        assertThat(topic.rows("SELECT count(*) FROM %s", EventTables.EVENTS)).containsExactly("[3]");
    }

    @Test
    void windowsAndLateEventsAddUpToTheEvents() throws Exception {
        Instant now = Instant.now();
        Instant early = now.minus(Duration.ofHours(1));
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200, early), Topic.event("login", 500, early));
            to.send(1, Topic.event("view", 200, now));
            topic.stream();
            to.send(0, Topic.event("login", 200, early), Topic.event("login", 200, now.minusSeconds(1)));
            topic.stream();
        }

        assertThat(topic.rows(
                        "SELECT event_type, status_category, count_of_event, response_size FROM %s ORDER BY 2",
                        EventTables.EVENTS_BY_WINDOW))
                .containsExactly("[login,Server Error,1,100]", "[login,Success,1,100]");
        assertThat(topic.rows("SELECT event_type, status_category, count_of_event FROM %s", EventTables.LATE_EVENTS))
                .containsExactly("[login,Success,1]");
    }

    /** By the query of the README. */
    @Test
    void lateEventsOfAWindowThatWasEmptyWhenItWasClosedAddUpToo() throws Exception {
        Instant now = Instant.now();
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200, now.minus(Duration.ofHours(1))));
            to.send(1, Topic.event("view", 200, now));
            topic.stream();
            to.send(0, Topic.event("login", 200, now.minus(Duration.ofMinutes(30))));
            topic.stream();
        }

        Lake lake = topic.lake();
        String windows = lake.identifier(EventTables.EVENTS_BY_WINDOW);
        String late = lake.identifier(EventTables.LATE_EVENTS);
        assertThat(topic.rows(
                        "SELECT (SELECT count(*) FROM %s WHERE timestamp < (SELECT max(window_end) FROM (SELECT window_end FROM "
                                + windows + " UNION ALL SELECT window_end FROM " + late
                                + "))), (SELECT sum(count_of_event) FROM " + windows
                                + "), (SELECT coalesce(sum(count_of_event), 0) FROM " + late + ")",
                        EventTables.EVENTS))
                .containsExactly("[2,1,1]");
    }

    @Test
    void aProcessThatSleptWhileAnotherWentOnClosesNoWindow() throws Exception {
        Instant early = Instant.now().minus(Duration.ofMinutes(30));
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200, early));
            topic.stream("--watermark-minutes", "60");
            SourcePositions reached = inLake();
            to.send(0, Topic.event("view", 200, early));
            topic.stream("--watermark-minutes", "60");

            EventWindows sleeper = new EventWindows(topic.lake(), query());
            assertThatThrownBy(() -> sleeper.closeThrough(Instant.now(), reached))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("Another process runs the same query");
            assertThat(topic.rows("SELECT * FROM %s", EventTables.EVENTS_BY_WINDOW))
                    .isEmpty();

            sleeper.closeThrough(Instant.now(), inLake());
        }
        assertThat(topic.rows("SELECT sum(count_of_event) FROM %s", EventTables.EVENTS_BY_WINDOW))
                .containsExactly("[2]");
    }

    @Test
    void aBatchIsNotWrittenWhenAnotherProcessClosesWindowsMeanwhile() throws Exception {
        Instant early = Instant.now().minus(Duration.ofMinutes(30));
        try (Topic to = new Topic(broker, topic.name());
                EventSource source = source()) {
            to.send(0, Topic.event("login", 200, early));
            topic.stream("--watermark-minutes", "60");
            to.send(0, Topic.event("view", 200, early));
            Lake lake = topic.lake();
            EventWindows windows = new EventWindows(lake, query());
            EventBatch batches = new EventBatch(lake, query(), windows);
            Batch batch = batches.begin(new PositionRange(
                    source.positions(json(Map.of(0, 1L, 1, 0L))), source.positions(json(Map.of(0, 2L, 1, 0L)))));

            assertThatThrownBy(() -> batches.write(
                            batch,
                            source.range(lake.spark(), batch.range()),
                            () -> windows.closeThrough(Instant.now(), inLake())))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("Another process runs the same query");
            topic.stream();
        }

        assertThat(topic.rows("SELECT event_type, count_of_event FROM %s", EventTables.EVENTS_BY_WINDOW))
                .containsExactly("[login,1]");
        assertThat(topic.rows("SELECT event_type, count_of_event FROM %s", EventTables.LATE_EVENTS))
                .containsExactly("[view,1]");
    }

    @Test
    void windowsOfAProcessThatDiedBeforeItCountedThemAreCounted() throws Exception {
        Instant early = Instant.now().minus(Duration.ofMinutes(30));
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200, early));
            topic.stream("--watermark-minutes", "60");
            long from = early.minusSeconds(300).getEpochSecond();
            long end = Instant.now().getEpochSecond();
            PositionRange closed = new PositionRange(
                    SourcePositions.of(Map.of("closed-through", from - from % 300)),
                    SourcePositions.of(Map.of("closed-through", end - end % 300)));
            BatchPublication.run(
                    topic.lake(),
                    new Batch(query() + ".windows", "closed", closed),
                    List.of(EventTables.EVENTS),
                    dying -> dying.publish(List.of()));
            to.send(0, Topic.event("view", 200, early));
            topic.stream();
        }

        assertThat(topic.rows("SELECT event_type, count_of_event FROM %s", EventTables.EVENTS_BY_WINDOW))
                .containsExactly("[login,1]");
        assertThat(topic.rows("SELECT event_type, count_of_event FROM %s", EventTables.LATE_EVENTS))
                .containsExactly("[view,1]");
    }

    private String query() {
        return "kafka-" + topic.name();
    }

    private SourcePositions inLake() {
        return QueryProgress.of(topic.lake().find(EventTables.EVENTS).orElseThrow(), query())
                .orElseThrow()
                .reached();
    }

    @Test
    void aBatchThatWasCutOffBetweenTwoTablesIsFinishedAndNotRepeated() throws Exception {
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200), "broken");
            topic.stream();
            to.send(0, Topic.event("view", 200), "broken again");
            cutOff(Map.of(0, 2L, 1, 0L), Map.of(0, 4L, 1, 0L));
            to.send(1, Topic.event("logout", 200));
        }

        topic.stream();

        assertThat(topic.rows("SELECT event_type FROM %s ORDER BY 1", EventTables.EVENTS))
                .containsExactly("[login]", "[logout]", "[view]");
        assertThat(topic.rows("SELECT string(payload) FROM %s ORDER BY 1", EventTables.EVENT_REJECTS))
                .containsExactly("[broken]", "[broken again]");
    }

    @Test
    void aBatchThatWasCutOffIsNotFinishedFromATopicThatWasCreatedAnew() throws Exception {
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200), "broken");
        }
        cutOff(Map.of(0, 0L, 1, 0L), Map.of(0, 2L, 1, 0L));
        broker.deleteTopic(topic.name());
        topic.create();
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, "other", "others");
        }

        assertThatThrownBy(() -> topic.stream())
                .isInstanceOf(FailedJobException.class)
                .hasMessageContainingAll("created again", "--query");
        assertThat(topic.rows("SELECT string(payload) FROM %s", EventTables.EVENT_REJECTS))
                .isEmpty();
    }

    @Test
    void noBatchIsWrittenFromATopicThatIsCreatedAnewWhileItIsRead() throws Exception {
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event("login", 200));
        }
        topic.stream();
        try (EventSource source = source()) {
            source.requireUnchanged();
            broker.deleteTopic(topic.name());
            topic.create();
            try (Topic to = new Topic(broker, topic.name())) {
                to.send(0, Topic.event("view", 200), Topic.event("view", 200));
            }
            Lake lake = topic.lake();
            EventBatch batches = new EventBatch(lake, query(), new EventWindows(lake, query()));
            Batch batch = batches.begin(new PositionRange(
                    source.positions(json(Map.of(0, 1L, 1, 0L))), source.positions(json(Map.of(0, 2L, 1, 0L)))));

            assertThatThrownBy(() ->
                            batches.write(batch, source.range(lake.spark(), batch.range()), source::requireUnchanged))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("created again");
        }

        assertThat(topic.rows("SELECT event_type FROM %s", EventTables.EVENTS)).containsExactly("[login]");
        Path table = folder.resolve(topic.name()).resolve(EventTables.EVENTS.folder());
        try (Stream<Path> files = Files.walk(table)) {
            assertThat(files.filter(file -> file.toString().endsWith(".parquet")))
                    .as("nothing is left behind")
                    .hasSize(1);
        }
    }

    private EventSource source() {
        return new KafkaSource(
                KafkaTopic.describe(topic.name(), Map.of("bootstrap.servers", broker.bootstrapServers())), false);
    }

    /** Puts the next batch into the table of events only, as a process does that dies there. */
    private void cutOff(Map<Integer, Long> from, Map<Integer, Long> to) {
        EventSource source = source();
        Lake lake = topic.lake();
        Batch batch = new EventBatch(lake, query(), new EventWindows(lake, query()))
                .begin(new PositionRange(source.positions(json(from)), source.positions(json(to))));
        BatchPublication.run(lake, batch, EventBatch.TABLES.subList(0, 2), publication -> {
            JudgedRecords judged = JudgedRecords.write(
                    source.range(lake.spark(), batch.range()), publication, query(), Instant.now(), Instant.EPOCH, 1);
            BatchPublication.run(lake, batch, List.of(EventTables.EVENTS), dying -> {
                dying.appendFiles(EventTables.EVENTS, judged.events());
                dying.publish(List.of());
            });
        });
    }

    private String json(Map<Integer, Long> offsets) {
        return offsets.entrySet().stream()
                .map(entry -> "\"" + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{\"" + topic.name() + "\":{", "}}"));
    }

    @Test
    void closedHoursAreRewrittenAndOldRejectsDeletedWithoutLossToWhatFollows() throws Exception {
        Instant early = Instant.now().minus(Duration.ofHours(3));
        try (Topic to = new Topic(broker, topic.name())) {
            for (int i = 0; i < 6; i++) {
                to.send(0, Topic.event("login", 200, early.plusMillis(i)), "broken");
                topic.stream();
            }
            assertThat(files(EventTables.EVENTS)).isLessThan(6);
            Clock inThreeWeeks = Clock.offset(Clock.systemUTC(), Duration.ofDays(21));
            new EventMaintenance(topic.lake(), inThreeWeeks, Duration.ofHours(1), Duration.ofDays(14)).run();
            to.send(0, Topic.event("view", 200), "broken");
            topic.stream();
        }

        assertThat(topic.rows("SELECT event_type, count(*) FROM %s GROUP BY 1 ORDER BY 1", EventTables.EVENTS))
                .containsExactly("[login,6]", "[view,1]");
        assertThat(topic.rows("SELECT source_position FROM %s", EventTables.EVENT_REJECTS))
                .containsExactly("[13]");
    }

    private long files(TableContract table) {
        return Long.parseLong(topic.lake()
                .find(table)
                .orElseThrow()
                .currentSnapshot()
                .summary()
                .get("total-data-files"));
    }
}
