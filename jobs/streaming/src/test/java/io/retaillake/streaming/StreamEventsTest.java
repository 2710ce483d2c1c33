package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamEventsTest {

    private static EmbeddedBroker broker;

    @TempDir
    private static Path folder;

    private Path lakeFolder;
    private String topic;

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
        topic = "events-" + UUID.randomUUID();
        lakeFolder = folder.resolve(topic);
        broker.createTopic(topic, 2);
    }

    @Test
    void everyPayloadIsAnEventOrARejectWithAllReasons() throws Exception {
        try (Topic to = new Topic(broker, topic)) {
            to.send(0, Topic.event("login", 200), "not json", null, "{\"event_type\":7}");
            to.send(1, Topic.event("view", 404) + "\n" + Topic.event("view", 302));
        }

        stream();

        assertThat(rows(
                        "SELECT event_type, ip_address, status_category, path, user_id FROM %s ORDER BY status_code",
                        EventTables.EVENTS))
                .containsExactly(
                        "[login,192.168.1.xxx,Success,/api/users?name=,1234]",
                        "[view,192.168.1.xxx,Redirection,/api/users?name=,1234]",
                        "[view,192.168.1.xxx,Client Error,/api/users?name=,1234]");
        assertThat(rows(
                        "SELECT source_position, array_join(reasons, ' '), string(payload) FROM %s ORDER BY 1",
                        EventTables.EVENT_REJECTS))
                .containsExactly(
                        "[1,NOT_JSON,not json]",
                        "[2,NOT_JSON,]",
                        "[3,NO_TIMESTAMP EVENT_TYPE_NOT_TEXT,{\"event_type\":7}]");
    }

    @Test
    void goesOnWhereTheLakeIsWithoutACheckpoint() throws Exception {
        try (Topic to = new Topic(broker, topic)) {
            to.send(0, Topic.event("login", 200));
            stream();
            stream();
            to.send(0, Topic.event("view", 200), "broken");
            broker.addPartitions(topic, 3);
            to.send(2, Topic.event("logout", 200));
        }

        stream();

        assertThat(rows("SELECT event_type FROM %s ORDER BY 1", EventTables.EVENTS))
                .containsExactly("[login]", "[logout]", "[view]");
        assertThat(rows("SELECT count(*) FROM %s", EventTables.EVENT_REJECTS)).containsExactly("[1]");
    }

    @Test
    void aTopicThatWasCreatedAnewIsRefused() throws Exception {
        try (Topic to = new Topic(broker, topic)) {
            to.send(0, Topic.event("login", 200));
        }
        stream();
        broker.deleteTopic(topic);
        broker.createTopic(topic, 2);
        try (Topic to = new Topic(broker, topic)) {
            to.send(0, Topic.event("view", 200), Topic.event("view", 200));
        }

        assertThatThrownBy(this::stream)
                .isInstanceOf(FailedJobException.class)
                .hasMessageContainingAll("created again", "--query");
        assertThat(rows("SELECT count(*) FROM %s", EventTables.EVENTS)).containsExactly("[1]");

        stream("--query", "anew");
        assertThat(rows("SELECT count(*) FROM %s", EventTables.EVENTS)).containsExactly("[3]");
    }

    @Test
    void windowsAndLateEventsAddUpToTheEvents() throws Exception {
        Instant now = Instant.now();
        Instant early = now.minus(Duration.ofHours(1));
        try (Topic to = new Topic(broker, topic)) {
            to.send(0, Topic.event("login", 200, early), Topic.event("login", 500, early));
            to.send(1, Topic.event("view", 200, now));
            stream();
            to.send(0, Topic.event("login", 200, early), Topic.event("login", 200, now.minusSeconds(1)));
            stream();
        }

        assertThat(rows(
                        "SELECT event_type, status_category, count_of_event, response_size FROM %s ORDER BY 2",
                        EventTables.EVENTS_BY_WINDOW))
                .containsExactly("[login,Server Error,1,100]", "[login,Success,1,100]");
        assertThat(rows("SELECT event_type, status_category, count_of_event FROM %s", EventTables.LATE_EVENTS))
                .containsExactly("[login,Success,1]");
    }

    private void stream(String... more) throws FailedJobException {
        LocalLakes.open(lakeFolder);
        List<String> arguments = new ArrayList<>(List.of(
                "--lake",
                lakeFolder.toString(),
                "--bootstrap-servers",
                broker.bootstrapServers(),
                "--topic",
                topic,
                "--available-now"));
        arguments.addAll(List.of(more));
        JobMain.run(new StreamEvents(), arguments.toArray(String[]::new));
    }

    private List<String> rows(String sql, TableContract table) {
        Lake lake = LocalLakes.open(lakeFolder);
        return lake.spark().sql(sql.formatted(lake.identifier(table))).collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
