package io.retaillake.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.event.Aggregates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirehoseEventsHandlerTest {

    private static final String EVENT =
            "{\"timestamp\":\"2026-11-28T10:05:07\",\"event_type\":\"login\",\"user_id\":\"kim\","
                    + "\"ip_address\":\"10.1.2.3\",\"status_code\":200,\"response_size\":12,\"path\":\"/login?token=secret\"}";
    private static final String HOUR_BEFORE = "{\"timestamp\":\"2026-11-28T09:59:59.999999\"}";

    @Test
    void makesEventsOfTheUserRecords() {
        byte[] event = "{\"timestamp\":\"2026-11-28T10:05:07\"}".getBytes(StandardCharsets.UTF_8);
        byte[] record = Aggregates.record(Aggregates.message(List.of(event, event)));
        Call call = Call.with(Call.request(List.of(record)));
        assertThat(call.results()).containsExactly("Ok");
        assertThat(call.data(0).lines()).hasSize(2);
        record[8] ^= 1;
        assertThat(Call.with(Call.request(List.of(record))).results()).containsExactly("ProcessingFailed");
    }

    @Test
    void answersARecordWithItsEventAndTheHourInUtcThatItHappened() throws Exception {
        Call call = Call.withRecords(EVENT);
        assertThat(call.record(0))
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"recordId\":\"id-0\",\"result\":\"Ok\",\"data\":"
                                + call.record(0).path("data") + ",\"metadata\":{\"partitionKeys\":"
                                + "{\"year\":\"2026\",\"month\":\"11\",\"day\":\"28\",\"hour\":\"10\"}}}"));
        assertThat(call.data(0))
                .isEqualTo(
                        "{\"timestamp\":\"2026-11-28T10:05:07.000000Z\",\"event_type\":\"login\",\"user_id\":\"kim\","
                                + "\"ip_address\":\"10.1.2.xxx\",\"status_code\":200,\"status_category\":\"Success\","
                                + "\"response_size\":12,\"path\":\"/login?token=\","
                                + "\"processed_at\":\"2026-11-28T10:05:10.000000Z\",\"etl_version\":\"1.0\"}\n");
    }

    @Test
    void takesTheHourFromTheEventAndNotFromTheArrival() {
        Call call = Call.withRecords(HOUR_BEFORE, "{\"timestamp\":\"2026-11-23T08:30:00+09:00\"}");
        assertThat(call.record(0).at("/metadata/partitionKeys/hour").textValue())
                .isEqualTo("09");
        assertThat(call.record(1).at("/metadata/partitionKeys").toString())
                .isEqualTo("{\"year\":\"2026\",\"month\":\"11\",\"day\":\"22\",\"hour\":\"23\"}");
    }

    @Test
    void failsWhatIsNoEventSoThatFirehoseStoresItAsItCame() {
        Call call = Call.withRecords(EVENT, "not JSON", "{\"timestamp\":\"2026-11-28\",\"path\":1}", "", EVENT);
        assertThat(call.ids()).containsExactly("id-0", "id-1", "id-2", "id-3", "id-4");
        assertThat(call.results())
                .containsExactly("Ok", "ProcessingFailed", "ProcessingFailed", "ProcessingFailed", "Ok");
        assertThat(call.record(1).toString()).isEqualTo("{\"recordId\":\"id-1\",\"result\":\"ProcessingFailed\"}");
        assertThat(call.log())
                .isEqualTo(
                        "{\"records\":5,\"records_ok\":2,\"records_failed\":3,\"events\":5,\"events_ok\":2,\"events_failed\":3,"
                                + "\"records_failed_by_reason\":{\"NOT_JSON\":2,\"PATH_NOT_TEXT\":1,\"TIMESTAMP_NOT_UNDERSTOOD\":1}}\n");
    }

    @Test
    void takesSeveralEventsOfOneHourFromARecord() {
        Call call = Call.withRecords(EVENT + EVENT, EVENT + "\n" + EVENT + "\n");
        assertThat(call.results()).containsExactly("Ok", "Ok");
        assertThat(call.data(0).lines()).hasSize(2);
        assertThat(call.data(1)).endsWith("}\n").isEqualTo(call.data(0));
    }

    @Test
    void failsARecordWholeIfItsEventsAreOfSeveralHoursOrOneIsNone() {
        Call call = Call.withRecords(EVENT + HOUR_BEFORE, EVENT + "\nnot JSON", EVENT);
        assertThat(call.results()).containsExactly("ProcessingFailed", "ProcessingFailed", "Ok");
        assertThat(call.log())
                .contains(
                        "\"events\":5,\"events_ok\":1,\"events_failed\":4,\"records_failed_by_reason\":{\"NOT_JSON\":1,\"SEVERAL_HOURS\":1}");
    }

    @Test
    void neverAnswersMoreThanLambdaReturns() {
        // 3 MB of data, the largest buffer, which is 4 MB in a call; each event takes seven times its bytes in the
        // answer.
        List<byte[]> records = new ArrayList<>(Collections.nCopies(
                2_000, "{\"timestamp\":\"2026-11-28T10:05:07\"}".repeat(40).getBytes(StandardCharsets.UTF_8)));
        Call call = Call.with(Call.request(records));
        assertThat(call.bytes()).isBetween(FirehoseAnswer.MAX_BYTES - 20_000, FirehoseAnswer.MAX_BYTES);
        assertThat(call.ids())
                .isEqualTo(IntStream.range(0, records.size())
                        .mapToObj(i -> "id-" + i)
                        .toList());
        assertThat(call.results()).contains("Ok", "ProcessingFailed").hasSize(records.size());
        assertThat(call.log()).contains("\"records\":2000,", "\"events\":80000,", "\"ANSWER_FULL\":");
    }

    @Test
    void answersABufferOfOneMegabyteWhole() {
        byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
        Call call = Call.with(Call.request(Collections.nCopies((1 << 20) / event.length, event)));
        // Firehose's ids have about fifty characters more than these.
        assertThat(call.bytes() + 50 * call.ids().size()).isLessThan(FirehoseAnswer.MAX_BYTES);
        assertThat(call.results()).containsOnly("Ok");
    }

    @Test
    void takesLaterRecordsThatFitAfterOneThatDoesNot() {
        // An answer of its own would be larger than any may be.
        String large = "{\"timestamp\":\"2026-11-28T10:05:07\"}".repeat(20_000);
        assertThat(Call.withRecords(EVENT, large, EVENT).results()).containsExactly("Ok", "ProcessingFailed", "Ok");
    }

    @Test
    void saysWhatToSetIfTheRecordsAreTooManyToAnswer() {
        byte[] request = Call.request(Collections.nCopies(120_000, new byte[0]));
        assertThatThrownBy(() -> Call.with(request))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("120000 records")
                .hasMessageContaining("BufferSizeInMBs");
    }

    @Test
    void saysNothingOfEventsInTheLog() {
        String rejected = "{\"user_id\":\"kim\",\"ip_address\":\"10.1.2.3\",\"path\":\"/login?token=secret\"}";
        assertThat(Call.withRecords(EVENT, rejected, EVENT + rejected).log())
                .doesNotContain("kim", "10.1.2", "secret", "/login");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "kim 10.1.2.3",
                "{\"records\":[\"kim\"]}",
                "{\"records\":\"kim\"}",
                "{\"records\":[{\"recordId\":\"kim\",\"data\":\"a2lt\"}",
                "{\"records\":[{\"data\":\"a2lt\"}]}",
                "{\"records\":[{\"recordId\":\"kim\",\"data\":\"kim!\"}]}",
                "{\"records\":[{\"recordId\":kim}]}",
            })
    void failsTheCallThatIsNotFirehosesWithNothingOfIt(String request) {
        assertThatThrownBy(() -> Call.with(request.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Let only a Firehose stream call this function")
                .hasMessageNotContaining("kim")
                .hasNoCause();
    }

    @Test
    void answersAnEmptyCall() {
        assertThat(Call.with("{\"records\":[]}".getBytes(StandardCharsets.UTF_8))
                        .ids())
                .isEmpty();
    }

    @Test
    void answersEachRecordOnceWhateverIsInIt() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("records with -Dfuzz.seed=" + seed);
        Random random = new Random(seed);
        for (int call = 0; call < 50; call++) {
            List<byte[]> records = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                records.add(record(random));
            }
            Call answer = Call.with(Call.request(records));
            assertThat(answer.ids()).as("fuzz.seed=%d", seed).hasSize(100).doesNotHaveDuplicates();
            assertThat(answer.results()).as("fuzz.seed=%d", seed).hasSize(100).isSubsetOf("Ok", "ProcessingFailed");
        }
    }

    /** An event, an aggregated record, or either with a byte changed; the digest fits the changed message or not. */
    private static byte[] record(Random random) {
        byte[] event = EVENT.getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            return changed(random, event);
        }
        byte[] message = Aggregates.message(List.of(event, event));
        return random.nextBoolean()
                ? Aggregates.record(changed(random, message))
                : changed(random, Aggregates.record(message));
    }

    private static byte[] changed(Random random, byte[] bytes) {
        if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
