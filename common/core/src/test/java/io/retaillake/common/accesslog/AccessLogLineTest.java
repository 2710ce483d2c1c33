package io.retaillake.common.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogLineTest {

    private static final String USER = "00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef";
    private static final String USER_44 =
            "ABEiM0RVZneImaq7zN3u_wASNFZ4mrze8BI0VniavN7w".substring(0, 22) + "ASNFZ4mrze8BI0VniavN7w";

    @Test
    void usualRecord() throws Exception {
        assertThat(line(
                        "{\"recordId\": 7, \"ArrivalTimeStamp\": 1679274307, \"data\": \"t\"}",
                        "{'user_id': '" + USER
                                + "', 'record_id': '7', 'activity': 'view', 'url': '/a', 'method': 'PATCH', 'name': 'n',"
                                + " 'inDate': '2023-03-20 10:05:07.123456', 'detail': 'd'}"))
                .isEqualTo("{\"source_id\":\"7\",\"arrived_at\":1679274307000,\"user_id\":\"" + USER_44
                        + "\",\"record_id\":\"7\",\"activity\":\"view\",\"url\":\"/a\",\"name\":\"n\",\"detail\":\"d\",\"method\":\"5\","
                        + "\"in_date\":\"230320100507123456\"}");
    }

    @Test
    void unusualRecord() throws Exception {
        assertThat(line(
                        "{\"recordId\": \"x\", \"ArrivalTimeStamp\": 1679274307.1234567, \"data\": \"t\", \"shard\": 3}",
                        "{'user_id': 'ABC', 'record_id': 7, 'activity': None, 'url': (1,), 'method': '1',"
                                + " 'inDate': '2023-03-20 10:05:07', 'agent': 'x', 'tags': {1}}"))
                .isEqualTo(
                        "{\"source_id\":\"x\",\"arrived_at\":1679274307123,\"user_id\":\"ABC\",\"record_id\":\"7\",\"activity\":\"null\","
                                + "\"url\":\"(1,)\",\"method\":\"1\",\"in_date\":\"2023-03-20 10:05:07\","
                                + "\"forms\":{\"user_id\":\"text\",\"record_id\":\"json\",\"activity\":\"json\",\"url\":\"python\",\"name\":\"missing\","
                                + "\"detail\":\"missing\",\"method\":\"text\",\"in_date\":\"text\",\"more.tags\":\"python\"},"
                                + "\"more\":{\"agent\":\"\\\"x\\\"\",\"tags\":\"{1}\"},"
                                + "\"item\":{\"ArrivalTimeStamp\":\"1679274307.1234567\",\"shard\":\"3\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "1679274307, 1679274307000, true",
        "1679274307.5, 1679274307500, true",
        "1679274307123, 1679274307123, true",
        "1.679274307e9, 1679274307000, true",
        "1679274307.0005, 1679274307000, false",
        "\"1679274307\", 1679274307000, false",
        "-1, , false",
        "1e999999999, , false",
        "1e-999999999, , false",
        "null, , false",
        "\"soon\", , false"
    })
    void arrival(String json, Long millis, boolean exact) {
        LogItem item = LogItem.of(("{\"recordId\":1,\"data\":\"\",\"ArrivalTimeStamp\":" + json + "}")
                        .getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(item.arrivedAtMillis()).isEqualTo(millis);
        assertThat(item.others().isEmpty()).isEqualTo(exact);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-03-20 10:05:07.123456, year=2023/month=03/day=20/hour=10",
        "2023-03-20T23:59Z, year=2023/month=03/day=20/hour=23",
        "2023-03-20 00:30:00+09:00, year=2023/month=03/day=20/hour=00",
        "0001-01-01 00:00:00, year=0001/month=01/day=01/hour=00"
    })
    void hourIsAsWritten(String inDate, String folder) {
        LogHour hour = LogHour.of(inDate).orElseThrow();
        assertThat(hour.folder()).isEqualTo(folder);
        assertThat(LogHour.ofFolder(folder)).contains(hour);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023-02-29 10:00:00",
                "2023-03-20",
                "2023-03-20 24:00:00",
                "yesterday",
                "0000-01-01 00:00:00",
                "1679274307"
            })
    void noHour(String inDate) {
        assertThat(LogHour.of(inDate)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-02-29 10:00:00.000000", "2023-03-20 24:00:00.000000", "2023-03-20 10:05:07.12345６"})
    void noTimeHasNoShorterForm(String inDate) {
        assertThat(LogField.IN_DATE.encode(inDate)).isEmpty();
    }

    @Test
    void contentIsTheSameWhateverTheArrival() throws Exception {
        String record = "{'inDate': '2023-03-20 10:05:07.123456', 'name': 'n'}";
        AccessLog first = log("{\"recordId\":1,\"ArrivalTimeStamp\":1,\"data\":\"\"}", record);
        AccessLog later = log("{\"recordId\":1,\"ArrivalTimeStamp\":2,\"data\":\"\"}", record);
        AccessLog other = log("{\"recordId\":1,\"ArrivalTimeStamp\":1,\"data\":\"\"}", record.replace("'n'", "'m'"));
        assertThat(later.contentHash()).isEqualTo(first.contentHash()).matches("[0-9a-f]{16}");
        assertThat(other.contentHash()).isNotEqualTo(first.contentHash());
    }

    @Test
    void saysNothingPersonalOfItself() throws Exception {
        AccessLog log = log("{\"recordId\":1,\"data\":\"\"}", "{'inDate': '2023-03-20 10:05', 'name': 'Kim'}");
        assertThat(log + " " + log.fields()).doesNotContain("Kim");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"source_id\":\"1\"}",
                "{\"source_id\":1,\"forms\":{}}",
                "{\"source_id\":\"1\",\"user_id\":\"?\",\"forms\":{\"record_id\":\"missing\"}}"
            })
    void malformedLine(String line) {
        assertThatThrownBy(() -> AccessLogLineReader.read(line)).isInstanceOf(MalformedLineException.class);
    }

    private static String line(String item, String record) throws Exception {
        AccessLog log = log(item, record);
        String line = AccessLogLine.of(log);
        assertThat(AccessLogLineReader.read(line)).isEqualTo(log);
        return line;
    }

    private static AccessLog log(String item, String record) throws Exception {
        return LogItem.of(item.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .record(record.getBytes(StandardCharsets.UTF_8), Deadline.after(Duration.ofSeconds(10)));
    }
}
