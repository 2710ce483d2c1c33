package io.retaillake.events.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.retaillake.events.generator.GeneratedEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class RepeatedPutsTest {

    private static final int ATTEMPTS = 4;
    private static final PutLimits LIMITS =
            new PutLimits(5, 100, 40, event -> event.payload().length());

    private final SendTotals totals = new SendTotals();
    private final List<List<String>> calls = new ArrayList<>();
    private final Random random = new Random(1);
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void onlyThoseThatWereRefusedAreSentAgain() {
        send(events("a", "b", "c", "d"), events -> switch (calls.size()) {
            case 1 -> codes(null, "Throttled", null, "Internal");
            case 2 -> codes("Throttled", null);
            default -> codes((String) null);
        });

        assertThat(calls).containsExactly(List.of("a", "b", "c", "d"), List.of("b", "d"), List.of("b"));
        assertThat(totals.line("x")).isEqualTo("sent 4, repeated 3, failed 0 to x");
        assertThat(totals.failure("x")).isEmpty();
    }

    @Test
    void whatIsRefusedToTheLastAttemptIsCountedByItsLastCode() {
        send(
                events("a", "b", "c"),
                events -> events.size() == 3
                        ? codes("Throttled", null, "Throttled")
                        : codes("Throttled", calls.size() < ATTEMPTS ? "Throttled" : "Internal"));

        assertThat(calls).hasSize(ATTEMPTS);
        assertThat(totals.line("x")).isEqualTo("sent 1, repeated 6, failed 2 to x");
        assertThat(totals.failures()).containsOnly(entry("Throttled", 1L), entry("Internal", 1L));
        assertThat(totals.failure("the stream x")).hasValueSatisfying(failure -> {
            assertThat(failure.exitCode()).isEqualTo(4);
            assertThat(failure.problems())
                    .hasSize(2)
                    .anySatisfy(problem -> assertThat(problem)
                            .startsWith("1 event was not taken by the stream x: Throttled\n")
                            .contains("4 attempts", "--rate"));
        });
    }

    @Test
    void pausesAreDrawnFromBoundsThatDouble() {
        for (int i = 0; i < 200; i++) {
            send(events("a"), events -> codes("Throttled"));
        }

        assertThat(pauses).hasSize(200 * (ATTEMPTS - 1));
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            int first = attempt - 1;
            List<Long> milliseconds = IntStream.range(0, 200)
                    .mapToObj(i -> pauses.get(i * (ATTEMPTS - 1) + first).toMillis())
                    .toList();
            // 100, 200, and 300 in place of 400, which is the longest.
            long bound = Math.min(100L << first, 300);
            assertThat(milliseconds).allMatch(pause -> pause >= 0 && pause <= bound);
            assertThat(Collections.max(milliseconds)).isGreaterThan(bound * 9 / 10);
            assertThat(Collections.min(milliseconds)).isLessThan(bound / 10);
        }
    }

    @Test
    void aCallThatIsThrottledOrLostIsRepeatedAsAWhole() {
        send(events("a", "b"), events -> switch (calls.size()) {
            case 1 -> throw refusal("ProvisionedThroughputExceededException", 400, "Rate exceeded");
            case 2 -> throw refusal("ServiceUnavailableException", 503, "Slow down");
            case 3 -> throw SdkClientException.create("lost", new IOException("reset"));
            default -> codes(null, null);
        });

        assertThat(totals.line("x")).isEqualTo("sent 2, repeated 6, failed 0 to x");
    }

    @Test
    void aRefusalThatDoesNotPassIsNotRepeatedAndSaysWhatToDo() {
        send(events("a", "b"), events -> {
            throw refusal("ResourceNotFoundException", 400, "Stream x under account 1 not found.");
        });
        send(events("c"), events -> {
            throw refusal("AccessDeniedException", 400, "not authorized");
        });
        send(events("secret"), events -> {
            throw refusal("ValidationException", 400, "Value 'secret' at 'records' failed to satisfy constraint");
        });

        assertThat(calls).hasSize(3);
        assertThat(pauses).isEmpty();
        assertThat(totals.failures())
                .containsOnly(
                        entry("ResourceNotFoundException", 2L),
                        entry("AccessDeniedException", 1L),
                        entry("ValidationException", 1L));
        assertThat(totals.failure("x").orElseThrow().problems())
                .anySatisfy(problem -> assertThat(problem).contains("under account 1 not found", "--region"))
                .anySatisfy(problem -> assertThat(problem).contains("needs service:Put"))
                .noneSatisfy(problem -> assertThat(problem).contains("secret"));
    }

    @Test
    void callsKeepTheLimits() {
        String twenty = "x".repeat(20);
        send(events("a", "b", "c", "d", "e", "f"), events -> taken(events.size()));
        send(events(twenty, twenty, twenty, twenty, twenty.substring(1), "g", "h"), events -> taken(events.size()));

        assertThat(calls).extracting(List::size).containsExactly(5, 1, 5, 2);
        calls.clear();
        String forty = "x".repeat(40);
        send(events(forty, forty, twenty, "a"), events -> taken(events.size()));

        assertThat(calls).extracting(List::size).containsExactly(3, 1);
        assertThat(totals.failures()).isEmpty();
    }

    @Test
    void aRecordThatIsTooLargeForTheServiceCostsTheOthersNothing() {
        send(events("a", "x".repeat(41), "b"), events -> taken(events.size()));

        assertThat(calls).containsExactly(List.of("a", "b"));
        assertThat(totals.failures()).containsOnly(entry("RecordTooLarge", 1L));
    }

    @Test
    void anAnswerThatCannotBeReadIsNotAskedForAgain() {
        send(events("a", "b"), events -> List.of());
        // It is an IOException by which the SDK's parser says so.
        send(events("c"), events -> {
            throw SdkClientException.create("Unable to unmarshall response", new IOException("end of input"));
        });

        assertThat(calls).hasSize(2);
        assertThat(totals.failures()).containsOnly(entry("NoValidAnswer", 3L));
    }

    private void send(List<GeneratedEvent> events, PutCall call) {
        Backoff backoff = new Backoff(ATTEMPTS, Duration.ofMillis(100), Duration.ofMillis(300), random, pauses::add);
        PutCall recorded = put -> {
            calls.add(put.stream().map(GeneratedEvent::payload).toList());
            return call.put(put);
        };
        try (RepeatedPuts puts = new RepeatedPuts(recorded, LIMITS, backoff, "service:Put")) {
            puts.send(events, totals);
        }
    }

    private static List<String> codes(String... codes) {
        return Collections.unmodifiableList(Arrays.asList(codes));
    }

    private static List<String> taken(int count) {
        return Collections.nCopies(count, null);
    }

    private static AwsServiceException refusal(String code, int status, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    private static List<GeneratedEvent> events(String... payloads) {
        return Stream.of(payloads)
                .map(payload -> new GeneratedEvent(payload, "key", Instant.EPOCH, Optional.empty()))
                .toList();
    }
}
