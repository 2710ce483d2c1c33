package io.retaillake.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import io.retaillake.events.generator.EventGenerator;
import io.retaillake.events.generator.GeneratedEvent;
import io.retaillake.events.send.PutServer.Refusal;
import io.retaillake.streaming.kinesis.FaultyProxy;
import io.retaillake.streaming.kinesis.Kinesalite;
import io.retaillake.streaming.kinesis.TestStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.kinesis.model.Record;

@Timeout(300)
class KinesisSenderTest {

    private static final int ATTEMPTS = 4;

    private final SendTotals totals = new SendTotals();

    /** With what really keeps records, behind a proxy that throttles the first calls. */
    @Test
    void allEventsAreInTheStreamOnceWithTheirUsersAsKeys() throws Exception {
        List<GeneratedEvent> events = events(1_200, 0.1);
        List<String> errors = Collections.nCopies(3, "ProvisionedThroughputExceededException");
        try (Kinesalite server = Kinesalite.start();
                TestStream stream = new TestStream(server.url(), "clicks", 2);
                FaultyProxy proxy = new FaultyProxy(server.url(), "PutRecords", errors)) {
            send(proxy.url(), events);

            List<Record> records = stream.records();
            assertThat(records)
                    .extracting(record -> record.data().asUtf8String(), Record::partitionKey)
                    .containsExactlyInAnyOrderElementsOf(events.stream()
                            .map(event -> tuple(event.payload(), event.partitionKey()))
                            .toList());
        }
        assertThat(totals.line("x")).isEqualTo("sent 1200, repeated 1500, failed 0 to x");
    }

    @Test
    void onlyTheRecordsOfBusyShardsAreSentAgain() {
        List<GeneratedEvent> events = events(600, 0);
        try (PutServer server = new PutServer(new PutServer.Refusals() {
            @Override
            public String ofRecord(int call, int record) {
                return call < 3 && record % 2 == 0 ? "ProvisionedThroughputExceededException" : null;
            }
        })) {
            send(server.url(), events);

            assertThat(server.calls())
                    .allMatch(call -> call.operation().equals(PutServer.KINESIS)
                            && call.stream().equals("clicks"))
                    .extracting(call -> call.records().size())
                    .containsExactly(500, 250, 125, 100);
            assertThat(server.taken())
                    .containsExactlyInAnyOrderElementsOf(
                            events.stream().map(GeneratedEvent::payload).toList());
        }
        assertThat(totals.line("x")).isEqualTo("sent 600, repeated 375, failed 0 to x");
    }

    @Test
    void aShardThatStaysBusyIsNamedByItsCode() {
        try (PutServer server = new PutServer(new PutServer.Refusals() {
            @Override
            public Refusal ofCall(int call) {
                return new Refusal(400, "ProvisionedThroughputExceededException", "Rate exceeded for shard");
            }
        })) {
            send(server.url(), events(20, 0));

            assertThat(server.calls()).hasSize(ATTEMPTS);
        }
        assertThat(totals.line("x")).isEqualTo("sent 0, repeated 60, failed 20 to x");
        assertThat(totals.failures()).containsOnly(entry("ProvisionedThroughputExceededException", 20L));
    }

    @Test
    void aServerThatIsNotThereIsTriedAgainAndNamed() {
        String url;
        try (PutServer server = new PutServer(new PutServer.Refusals() {})) {
            url = server.url();
        }

        send(url, events(5, 0));

        assertThat(totals.line("x")).isEqualTo("sent 0, repeated 15, failed 5 to x");
        assertThat(totals.failures()).containsOnly(entry("ConnectException", 5L));
    }

    private void send(String url, List<GeneratedEvent> events) {
        Backoff backoff = new Backoff(ATTEMPTS, Duration.ofMillis(1), Duration.ofMillis(1), new Random(1), pause -> {});
        try (KinesisSender sender =
                new KinesisSender("clicks", new AwsConnection("ap-northeast-2", URI.create(url)), backoff)) {
            sender.send(events, totals);
        }
    }

    private static List<GeneratedEvent> events(int count, double defectShare) {
        EventGenerator generator = new EventGenerator(1, defectShare, 0);
        return Stream.generate(() -> generator.next(Instant.EPOCH)).limit(count).toList();
    }
}
