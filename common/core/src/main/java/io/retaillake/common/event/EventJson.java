package io.retaillake.common.event;

import io.retaillake.common.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes an event as a line of JSON, with the names of the table's columns. */
public final class EventJson {

    private EventJson() {}

    /**
     * The event with its newline, in UTF-8: {@code {"timestamp":"2026-11-28T01:05:07.123456Z","event_type":"login",…}}. Times are UTC
     * with six digits of a second, {@code user_id} is a text, missing values are null; {@code notes} is there only if the event has some.
     */
    public static byte[] line(Event event) {
        StringBuilder json = new StringBuilder(384);
        json.append("{\"timestamp\":");
        time(json, event.timestamp());
        JsonText.append(json.append(",\"event_type\":"), event.eventType());
        JsonText.append(json.append(",\"user_id\":"), event.userId());
        JsonText.append(json.append(",\"ip_address\":"), event.ipAddress());
        json.append(",\"status_code\":").append(event.statusCode());
        JsonText.append(
                json.append(",\"status_category\":"), event.statusCategory().label());
        json.append(",\"response_size\":").append(event.responseSize());
        JsonText.append(json.append(",\"path\":"), event.path());
        if (!event.notes().isEmpty()) {
            String separator = ",\"notes\":[";
            for (Note note : event.notes()) {
                JsonText.append(json.append(separator), note.name());
                separator = ",";
            }
            json.append(']');
        }
        time(json.append(",\"processed_at\":"), event.processedAt());
        JsonText.append(json.append(",\"etl_version\":"), event.etlVersion());
        return json.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void time(StringBuilder json, Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        json.append('"');
        number(json, time.getYear(), 4);
        number(json.append('-'), time.getMonthValue(), 2);
        number(json.append('-'), time.getDayOfMonth(), 2);
        number(json.append('T'), time.getHour(), 2);
        number(json.append(':'), time.getMinute(), 2);
        number(json.append(':'), time.getSecond(), 2);
        number(json.append('.'), time.getNano() / 1000, 6);
        json.append("Z\"");
    }

    private static void number(StringBuilder json, int number, int digits) {
        int power = 1;
        for (int i = 1; i < digits; i++) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            json.append((char) ('0' + number / power % 10));
        }
    }
}
