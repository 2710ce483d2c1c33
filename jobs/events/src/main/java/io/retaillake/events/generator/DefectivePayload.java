package io.retaillake.events.generator;

import io.retaillake.common.event.EventTransform;
import io.retaillake.common.event.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes of an event's fields a payload that is rejected for one reason, and for no other. */
final class DefectivePayload {

    private static final Duration TOO_LONG_AGO = EventTransform.OLDEST.plusDays(1);
    private static final Duration TOO_FAR_AHEAD = EventTransform.NEWEST.plusMinutes(50);
    private static final int TOO_MANY_ARRAYS = 100;

    private DefectivePayload() {}

    /** The payload, as it is made {@code now} of the fields of an event, whose values are JSON. */
    static String of(Map<String, String> fields, Instant now, RejectReason reason) {
        String event = JsonFields.object(fields);
        return switch (reason) {
            case TOO_LARGE -> with(fields, "path", JsonFields.text("/" + "x".repeat(EventTransform.MAX_PAYLOAD_BYTES)));
            case NOT_JSON -> event.substring(0, event.length() / 2);
            case TOO_DEEP -> with(fields, "details", "[".repeat(TOO_MANY_ARRAYS) + "]".repeat(TOO_MANY_ARRAYS));
            case NOT_AN_OBJECT -> "[" + event + "]";
            case REPEATED_FIELD -> event.replaceFirst("\\{", "{\"timestamp\":" + fields.get("timestamp") + ",");
            case NO_TIMESTAMP -> with(fields, "timestamp", "null");
            case TIMESTAMP_NOT_TEXT -> with(fields, "timestamp", Long.toString(now.toEpochMilli()));
            case TIMESTAMP_NOT_UNDERSTOOD -> with(fields, "timestamp", JsonFields.text("yesterday"));
            case TIMESTAMP_TOO_OLD -> with(fields, "timestamp", time(now.minus(TOO_LONG_AGO)));
            case TIMESTAMP_IN_FUTURE -> with(fields, "timestamp", time(now.plus(TOO_FAR_AHEAD)));
            case EVENT_TYPE_NOT_TEXT -> with(fields, "event_type", "7");
            case USER_ID_NOT_TEXT_OR_NUMBER -> with(fields, "user_id", "{\"id\":" + fields.get("user_id") + "}");
            case IP_ADDRESS_NOT_TEXT -> with(fields, "ip_address", "[1]");
            case STATUS_CODE_NOT_TEXT_OR_NUMBER -> with(fields, "status_code", "true");
            case RESPONSE_SIZE_NOT_TEXT_OR_NUMBER -> with(fields, "response_size", "[100]");
            case PATH_NOT_TEXT -> with(fields, "path", "0");
        };
    }

    private static String with(Map<String, String> fields, String name, String json) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(name, json);
        return JsonFields.object(changed);
    }

    private static String time(Instant moment) {
        return JsonFields.text(moment.toString());
    }
}
