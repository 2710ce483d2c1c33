package io.retaillake.common.event;

import static io.retaillake.common.event.RejectReason.EVENT_TYPE_NOT_TEXT;
import static io.retaillake.common.event.RejectReason.IP_ADDRESS_NOT_TEXT;
import static io.retaillake.common.event.RejectReason.NOT_AN_OBJECT;
import static io.retaillake.common.event.RejectReason.NOT_JSON;
import static io.retaillake.common.event.RejectReason.NO_TIMESTAMP;
import static io.retaillake.common.event.RejectReason.PATH_NOT_TEXT;
import static io.retaillake.common.event.RejectReason.REPEATED_FIELD;
import static io.retaillake.common.event.RejectReason.RESPONSE_SIZE_NOT_TEXT_OR_NUMBER;
import static io.retaillake.common.event.RejectReason.STATUS_CODE_NOT_TEXT_OR_NUMBER;
import static io.retaillake.common.event.RejectReason.TIMESTAMP_IN_FUTURE;
import static io.retaillake.common.event.RejectReason.TIMESTAMP_NOT_TEXT;
import static io.retaillake.common.event.RejectReason.TIMESTAMP_NOT_UNDERSTOOD;
import static io.retaillake.common.event.RejectReason.TIMESTAMP_TOO_OLD;
import static io.retaillake.common.event.RejectReason.TOO_DEEP;
import static io.retaillake.common.event.RejectReason.TOO_LARGE;
import static io.retaillake.common.event.RejectReason.USER_ID_NOT_TEXT_OR_NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventTransformTest {

    private static final Instant ARRIVAL = Instant.parse("2026-11-28T10:05:09Z");
    private static final Instant PROCESSED = Instant.parse("2026-11-28T10:05:10.000001999Z");
    private static final String TIME = "\"timestamp\":\"2026-11-28T10:05:07.123456\"";

    @Test
    void makesAnEventOfWhatProducersSend() {
        assertThat(
                        line(
                                "{" + TIME
                                        + ",\"event_type\":\"purchase\",\"user_id\":1234,\"ip_address\":\"192.168.3.77\","
                                        + "\"status_code\":200,\"response_size\":512,\"path\":\"/api/orders?card=4929\",\"extra\":{\"user_id\":5}}"))
                .isEqualTo(
                        "{\"timestamp\":\"2026-11-28T10:05:07.123456Z\",\"event_type\":\"purchase\",\"user_id\":\"1234\","
                                + "\"ip_address\":\"192.168.3.xxx\",\"status_code\":200,\"status_category\":\"Success\","
                                + "\"response_size\":512,\"path\":\"/api/orders?card=\","
                                + "\"processed_at\":\"2026-11-28T10:05:10.000001Z\",\"etl_version\":\"1.0\"}\n");
    }

    @Test
    void needsATimeOnly() {
        assertThat(line("{\"timestamp\":\"2026-11-28T19:05+09:00\"}"))
                .isEqualTo("{\"timestamp\":\"2026-11-28T10:05:00.000000Z\",\"event_type\":\"unknown\",\"user_id\":null,"
                        + "\"ip_address\":null,\"status_code\":null,\"status_category\":\"Unknown\",\"response_size\":null,"
                        + "\"path\":null,\"processed_at\":\"2026-11-28T10:05:10.000001Z\",\"etl_version\":\"1.0\"}\n");
    }

    @Test
    void takesTextsOfAllLanguagesAndEscapesWhatJsonAsksFor() {
        Event event = event(
                "{" + TIME + ",\"\\u0065vent_type\":\"로그인 😀 \\ud83d\\ude00\",\"user_id\":\"a\\\"b\\\\c\\n\\u0001\","
                        + "\"path\":\"\\/caf\\u00e9\"}");
        assertThat(event.eventType()).isEqualTo("로그인 😀 😀");
        assertThat(event.userId()).isEqualTo("a\"b\\c\n\u0001");
        assertThat(event.path()).isEqualTo("/café");
        assertThat(new String(EventJson.line(event), StandardCharsets.UTF_8))
                .contains("\"로그인 😀 😀\"", "\"a\\\"b\\\\c\\u000a\\u0001\"");
        // Half a character has no UTF-8.
        assertThat(line("{" + TIME + ",\"event_type\":\"x\\ud83d\"}")).contains("\"event_type\":\"x?\"");
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, Success, false",
        "'\"200\"', 200, Success, false",
        "100, 100, Informational, false",
        "199, 199, Informational, false",
        "204, 204, Success, false",
        "301, 301, Redirection, false",
        "404, 404, Client Error, false",
        "500, 500, Server Error, false",
        "599, 599, Server Error, false",
        "600, 600, Unknown, false",
        "99, 99, Unknown, false",
        "0, 0, Unknown, false",
        "-200, -200, Unknown, false",
        "null, , Unknown, false",
        "'\"\"', , Unknown, false",
        "'\"OK\"', , Unknown, true",
        "'\" 200\"', , Unknown, true",
        "'\"-\"', , Unknown, true",
        "'\"２００\"', , Unknown, true",
        "200.0, , Unknown, true",
        "2e2, , Unknown, true",
        "2147483648, , Unknown, true",
        "99999999999999999999999999, , Unknown, true",
        "-9223372036854775808, , Unknown, true",
    })
    void givesStatusCodesTheirClass(String json, Integer code, String category, boolean noted) {
        Event event = event("{" + TIME + ",\"status_code\":" + json + "}");
        assertThat(event.statusCode()).isEqualTo(code);
        assertThat(event.statusCategory().label()).isEqualTo(category);
        assertThat(event.notes().contains(Note.STATUS_CODE_NOT_UNDERSTOOD)).isEqualTo(noted);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, false",
        "'\"1024\"', 1024, false",
        "9223372036854775807, 9223372036854775807, false",
        "9223372036854775808, , true",
        "99999999999999999999999999, , true",
        "-1, , true",
        "1.5, , true",
        "null, , false",
    })
    void keepsSizesThatALongHolds(String json, Long size, boolean noted) {
        Event event = event("{" + TIME + ",\"response_size\":" + json + "}");
        assertThat(event.responseSize()).isEqualTo(size);
        assertThat(event.notes().contains(Note.RESPONSE_SIZE_NOT_UNDERSTOOD)).isEqualTo(noted);
    }

    @ParameterizedTest
    @CsvSource({"1234, 1234", "'\"0012\"', 0012", "99999999999999999999999999, 99999999999999999999999999", "null,"})
    void keepsEveryDigitOfAUser(String json, String user) {
        assertThat(event("{" + TIME + ",\"user_id\":" + json + "}").userId()).isEqualTo(user);
    }

    @Test
    void notesWhatIsMissingThoughItWasSent() {
        Event event = event("{" + TIME + ",\"ip_address\":\"10.1.2.300\",\"status_code\":\"x\",\"response_size\":-1}");
        assertThat(event.ipAddress()).isNull();
        assertThat(new String(EventJson.line(event), StandardCharsets.UTF_8))
                .contains(
                        "\"notes\":[\"IP_ADDRESS_NOT_UNDERSTOOD\",\"STATUS_CODE_NOT_UNDERSTOOD\",\"RESPONSE_SIZE_NOT_UNDERSTOOD\"]");
        assertThat(event("{" + TIME + ",\"ip_address\":\"\"}").notes()).isEmpty();
    }

    static Stream<Arguments> rejects() {
        return Stream.of(
                rejected("", NOT_JSON),
                rejected(" \n", NOT_JSON),
                rejected("hello", NOT_JSON),
                rejected("{" + TIME, NOT_JSON),
                rejected("{" + TIME + ",}", NOT_JSON),
                rejected("{\"path\":1,\"path\":1,\"x\":[1,]," + TIME + "}", NOT_JSON),
                rejected("{\"path\":1," + "\"x\":" + "[".repeat(99), TOO_DEEP),
                rejected("{" + TIME + "} x", NOT_JSON),
                rejected("{" + TIME + "}{" + TIME + "}", NOT_JSON),
                rejected("{'timestamp':'2026-11-28T10:05:07'}", NOT_JSON),
                rejected("{\"user_id\":01," + TIME + "}", NOT_JSON),
                rejected("{\"user_id\":NaN," + TIME + "}", NOT_JSON),
                rejected("{\"user_id\":\"a\nb\"," + TIME + "}", NOT_JSON),
                rejected("\uFEFF{" + TIME + "}", NOT_JSON),
                rejected("[{" + TIME + "}]", NOT_AN_OBJECT),
                rejected("42", NOT_AN_OBJECT),
                rejected("null", NOT_AN_OBJECT),
                rejected("{}", NO_TIMESTAMP),
                rejected("{\"timestamp\":null}", NO_TIMESTAMP),
                rejected("{\"timestamp\":\" \"}", NO_TIMESTAMP),
                rejected("{\"a\":{" + TIME + "}}", NO_TIMESTAMP),
                rejected("{\"timestamp\":1764324307}", TIMESTAMP_NOT_TEXT),
                rejected("{\"timestamp\":\"yesterday\"}", TIMESTAMP_NOT_UNDERSTOOD),
                rejected("{\"timestamp\":\"9999-12-31T23:59:59Z\"}", TIMESTAMP_IN_FUTURE),
                rejected("{\"timestamp\":\"0000-01-01T00:00:00Z\"}", TIMESTAMP_TOO_OLD),
                rejected("{" + TIME + "," + TIME + "}", REPEATED_FIELD),
                rejected("{" + TIME + ",\"path\":null,\"p\\u0061th\":\"/\"}", REPEATED_FIELD),
                rejected("{\"x\":" + "[".repeat(64) + "]".repeat(64) + "," + TIME + "}", TOO_DEEP),
                rejected("{\"x\":" + "{\"x\":".repeat(5_000), TOO_DEEP),
                rejected("[".repeat(30_000), TOO_DEEP),
                rejected("{" + TIME + ",\"x\":\"" + "y".repeat(1_000_000) + "\"}", TOO_LARGE),
                rejected(
                        "{\"timestamp\":{},\"event_type\":1,\"user_id\":[],\"ip_address\":1,\"status_code\":true,"
                                + "\"response_size\":{},\"path\":false,\"path\":1}",
                        REPEATED_FIELD,
                        TIMESTAMP_NOT_TEXT,
                        EVENT_TYPE_NOT_TEXT,
                        USER_ID_NOT_TEXT_OR_NUMBER,
                        IP_ADDRESS_NOT_TEXT,
                        STATUS_CODE_NOT_TEXT_OR_NUMBER,
                        RESPONSE_SIZE_NOT_TEXT_OR_NUMBER,
                        PATH_NOT_TEXT),
                rejected("{\"timestamp\":\"2026-11-01T00:00\",\"path\":1}", TIMESTAMP_TOO_OLD, PATH_NOT_TEXT));
    }

    private static Arguments rejected(String json, RejectReason... reasons) {
        return Arguments.of(json, reasons);
    }

    @ParameterizedTest
    @MethodSource("rejects")
    void rejectsWithEveryReason(String json, RejectReason[] reasons) {
        assertThat(reject(json.getBytes(StandardCharsets.UTF_8)).reasons()).containsExactlyInAnyOrder(reasons);
    }

    @Test
    void rejectsWhatIsNoUtf8() {
        // No lead, overlong forms of two, three and four bytes, half a pair, beyond U+10FFFF, cut off, no continuation.
        for (String broken :
                List.of("ff", "80", "c080", "e08080", "f0808080", "eda080", "f4908080", "f5808080", "e282", "e228a1")) {
            String latin1 = new String(HexFormat.of().parseHex(broken), StandardCharsets.ISO_8859_1);
            byte[] payload = ("{" + TIME + ",\"user_id\":\"" + latin1 + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(reject(payload).reasons()).as(broken).containsExactly(NOT_JSON);
        }
        assertThat(reject(("{" + TIME + "}").getBytes(StandardCharsets.UTF_16)).reasons())
                .containsExactly(NOT_JSON);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:05:09Z, true",
        "2026-11-21T10:05:08.999999Z, false",
        "2026-11-28T10:15:09Z, true",
        "2026-11-28T10:15:09.000001Z, false",
    })
    void takesAWeekBeforeArrivalAndTenMinutesAfter(String time, boolean accepted) {
        EventResult result = transform("{\"timestamp\":\"" + time + "\"}");
        assertThat(result instanceof Event).isEqualTo(accepted);
    }

    @Test
    void takesTheLargestPayloadAndTheDeepest() {
        String prefix = "{" + TIME + ",\"x\":\"";
        String largest = prefix + "y".repeat(EventTransform.MAX_PAYLOAD_BYTES - prefix.length() - 2) + "\"}";
        assertThat(transform(largest)).isInstanceOf(Event.class);
        assertThat(transform(largest + " ")).isInstanceOf(Reject.class);
        assertThat(transform("{\"x\":" + "[".repeat(63) + "]".repeat(63) + "," + TIME + "}"))
                .isInstanceOf(Event.class);
    }

    @Test
    void saysNothingOfThePayload() {
        byte[] payload =
                "{\"user_id\":\"kim\",\"ip_address\":\"10.1.2.3\",\"path\":1}".getBytes(StandardCharsets.UTF_8);
        Reject reject = reject(payload);
        assertThat(reject).hasToString("50 bytes rejected: [NO_TIMESTAMP, PATH_NOT_TEXT]");
        assertThat(reject.payload()).isSameAs(payload);
        assertThat(event("{" + TIME + ",\"user_id\":\"kim\",\"path\":\"/kim\"}"))
                .hasToString("event of 2026-11-28T10:05:07.123456Z");
    }

    private static EventResult transform(String json) {
        return EventTransform.transform(json.getBytes(StandardCharsets.UTF_8), ARRIVAL, PROCESSED);
    }

    private static Event event(String json) {
        assertThat(transform(json)).isInstanceOf(Event.class);
        return (Event) transform(json);
    }

    private static String line(String json) {
        return new String(EventJson.line(event(json)), StandardCharsets.UTF_8);
    }

    private static Reject reject(byte[] payload) {
        EventResult result = EventTransform.transform(payload, ARRIVAL, PROCESSED);
        assertThat(result).isInstanceOf(Reject.class);
        return (Reject) result;
    }
}
