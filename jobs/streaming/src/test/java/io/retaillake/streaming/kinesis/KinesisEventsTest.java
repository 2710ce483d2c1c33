package io.retaillake.streaming.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.event.Aggregates;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.streaming.EventTables;
import io.retaillake.streaming.StreamEvents;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job on a stream of Kinesis. */
class KinesisEventsTest {

    private static Kinesalite server;

    @TempDir
    private Path lakeFolder;

    @BeforeAll
    static void start() throws Exception {
        server = Kinesalite.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void goesOnWhereTheLakeIsAcrossASplit() throws Exception {
        try (TestStream stream = new TestStream(server.url(), "clicks", 1)) {
            stream.putBytes(TestStream.utf8(event("login")));
            stream.putBytes(Aggregates.record(
                    Aggregates.message(List.of(TestStream.utf8(event("view")), TestStream.utf8("broken")))));
            stream();
            stream();
            stream.split();
            stream.putBytes(TestStream.utf8(event("logout")));
            stream();
        }

        assertThat(rows("SELECT event_type FROM %s ORDER BY 1", EventTables.EVENTS.name()))
                .containsExactly("login", "logout", "view");
        assertThat(rows("SELECT string(payload) FROM %s", EventTables.EVENT_REJECTS.name()))
                .containsExactly("broken");
    }

    @Test
    void aStreamThatWasCreatedAnewIsRefused() throws Exception {
        String before;
        try (TestStream stream = new TestStream(server.url(), "clicks-anew", 1)) {
            before = stream.begin();
            stream.putBytes(TestStream.utf8(event("login")));
            stream("clicks-anew");
            stream.delete();
        }
        try (TestStream stream = TestStream.anew(server.url(), "clicks-anew", before)) {
            stream.putBytes(TestStream.utf8(event("view")));

            assertThatThrownBy(() -> stream("clicks-anew"))
                    .isInstanceOf(FailedJobException.class)
                    .hasMessageContainingAll("clicks-anew", "--query");
        }

        assertThat(rows("SELECT event_type FROM %s", EventTables.EVENTS.name())).containsExactly("login");
    }

    private static String event(String type) {
        return "{\"timestamp\":\"" + Instant.now() + "\",\"event_type\":\"" + type + "\"}";
    }

    private void stream() throws FailedJobException {
        stream("clicks");
    }

    private void stream(String name) throws FailedJobException {
        LocalLakes.open(lakeFolder);
        JobMain.run(
                new StreamEvents(),
                "--lake",
                lakeFolder.toString(),
                "--stream",
                name,
                "--region",
                "ap-northeast-2",
                "--endpoint-url",
                server.url(),
                "--available-now");
    }

    private List<String> rows(String sql, String table) {
        Lake lake = LocalLakes.open(lakeFolder);
        return lake.spark().sql(sql.formatted("lake.silver." + table)).collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }
}
