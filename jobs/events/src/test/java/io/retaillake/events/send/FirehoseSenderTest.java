package io.retaillake.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.retaillake.events.generator.GeneratedEvent;
import io.retaillake.events.send.PutServer.Refusal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Firehose in its own protocol, as AWS documents it. */
class FirehoseSenderTest {

    private static final int ATTEMPTS = 3;

    private final SendTotals totals = new SendTotals();

    @Test
    void whatIsRefusedIsSentAgainUntilAllIsThereOnceAsALineEach() {
        List<GeneratedEvent> events = events(1_200, 1);
        try (PutServer server = new PutServer(new PutServer.Refusals() {
            @Override
            public String ofRecord(int call, int record) {
                return call < 3 && record % 3 == 0 ? "ServiceUnavailableException" : null;
            }
        })) {
            send(server, events);

            assertThat(server.taken()).containsExactlyInAnyOrderElementsOf(lines(events));
            assertThat(server.calls())
                    .allMatch(call -> call.operation().equals(PutServer.FIREHOSE)
                            && call.stream().equals("clicks"))
                    .extracting(call -> call.records().size())
                    .containsExactly(500, 167, 56, 500, 200);
        }
        assertThat(totals.line("x")).isEqualTo("sent 1200, repeated 223, failed 0 to x");
    }

    @Test
    void aCallThatIsThrottledIsRepeated() {
        List<GeneratedEvent> events = events(10, 1);
        try (PutServer server = new PutServer(new PutServer.Refusals() {
            @Override
            public Refusal ofCall(int call) {
                return call < ATTEMPTS ? new Refusal(503, "ServiceUnavailableException", "Slow down.") : null;
            }
        })) {
            send(server, events);

            assertThat(server.calls()).hasSize(ATTEMPTS);
            assertThat(server.taken()).containsExactlyElementsOf(lines(events));
        }
        assertThat(totals.line("x")).isEqualTo("sent 10, repeated 20, failed 0 to x");
    }

    @Test
    void whatIsRefusedEachTimeIsCountedByItsCode() {
        List<GeneratedEvent> events = events(10, 1);
        try (PutServer server = new PutServer(new PutServer.Refusals() {
            @Override
            public String ofRecord(int call, int record) {
                return record == 0 ? "InternalFailure" : null;
            }
        })) {
            send(server, events);

            assertThat(server.calls()).hasSize(ATTEMPTS);
            assertThat(server.taken()).hasSize(9);
        }
        assertThat(totals.failures()).containsOnly(entry("InternalFailure", 1L));
    }

    @Test
    void callsHaveAtMostFourMegabytes() {
        List<GeneratedEvent> events = events(130, 32_000);
        try (PutServer server = new PutServer(new PutServer.Refusals() {})) {
            send(server, events);

            assertThat(server.calls())
                    .hasSize(2)
                    .allSatisfy(call -> assertThat(call.records().stream()
                                    .mapToInt(String::length)
                                    .sum())
                            .isLessThanOrEqualTo(4_000_000));
            assertThat(server.taken()).containsExactlyElementsOf(lines(events));
        }
    }

    private void send(PutServer server, List<GeneratedEvent> events) {
        Backoff backoff = new Backoff(ATTEMPTS, Duration.ofMillis(1), Duration.ofMillis(1), new Random(1), pause -> {});
        AwsConnection connection = new AwsConnection("ap-northeast-2", URI.create(server.url()));
        try (FirehoseSender sender = new FirehoseSender("clicks", connection, backoff)) {
            sender.send(events, totals);
        }
    }

    /** Events of so many bytes or a few more, each another one. */
    private static List<GeneratedEvent> events(int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(i -> new GeneratedEvent(
                        "{\"n\":" + i + ",\"x\":\"" + "x".repeat(bytes) + "\"}",
                        "key",
                        Instant.EPOCH,
                        Optional.empty()))
                .toList();
    }

    private static List<String> lines(List<GeneratedEvent> events) {
        return events.stream().map(event -> event.payload() + "\n").toList();
    }
}
