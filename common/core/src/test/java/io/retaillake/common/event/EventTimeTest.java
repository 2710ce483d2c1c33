package io.retaillake.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T10:05:07.123456, 2026-11-28T10:05:07.123456Z",
        "2026-11-28T10:05:07Z, 2026-11-28T10:05:07Z",
        "2026-11-28t10:05:07z, 2026-11-28T10:05:07Z",
        "2026-11-28 10:05:07, 2026-11-28T10:05:07Z",
        "2026-11-28T10:05, 2026-11-28T10:05:00Z",
        "2026-11-28T10:05:07+09:00, 2026-11-28T01:05:07Z",
        "2026-11-28T10:05:07.5+0900, 2026-11-28T01:05:07.500Z",
        "2026-11-28T10:05+09, 2026-11-28T01:05:00Z",
        "2026-01-01T00:30:00+09:00, 2025-12-31T15:30:00Z",
        "2026-11-28T10:05:07-03:30, 2026-11-28T13:35:07Z",
        "2026-11-28T10:05:07.123456789Z, 2026-11-28T10:05:07.123456Z",
        "'2026-11-28T10:05:07,25Z', 2026-11-28T10:05:07.250Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    })
    void readsTimesWithAndWithoutZoneAndFraction(String text, String expected) {
        assertThat(EventTime.parse(text)).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-28",
                "2026-11-28T",
                "2026-11-28T10",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-02-29T00:00:00Z",
                "2026-11-00T00:00:00Z",
                "2026-11-28T24:00:00Z",
                "2026-11-28T10:60:00Z",
                "2026-06-30T23:59:60Z",
                "2026-11-28T10:05:07.",
                "2026-11-28T10:05:07.Z",
                "2026-11-28T10:05:07.1234567890Z",
                "2026-11-28T10:05.5",
                "2026-11-28T10:05:07+9",
                "2026-11-28T10:05:07+09:",
                "2026-11-28T10:05:07+09:60",
                "2026-11-28T10:05:07+18:01",
                "2026-11-28T10:05:07 KST",
                "2026-11-28T10:05:07Z ",
                "2026-11-28T10:05:07ZZ",
                " 2026-11-28T10:05:07Z",
                "+12026-11-28T10:05:07Z",
                "10000-01-01T00:00:00Z",
                "26-11-28T10:05:07Z",
                "2026/11/28T10:05:07Z",
                "28.11.2026 10:05:07",
                "1764324307",
                "２０２６-11-28T10:05:07Z",
                "now",
            })
    void hasNothingForWhatIsNoTime(String text) {
        assertThat(EventTime.parse(text)).isNull();
    }
}
