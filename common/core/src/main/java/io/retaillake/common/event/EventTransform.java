package io.retaillake.common.event;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumSet;

/**
 * The one meaning of an event, wherever it comes from: a payload of JSON becomes an {@link Event} or a {@link Reject} with every reason.
 *
 * <p>The same payload, arrival and moment of processing always have the same result. Nothing is thrown whatever the bytes; the time is in
 * proportion to them. Fields that events don't have are left out; a null is the same as a missing field.
 */
public final class EventTransform {

    /** Of the rules here and of what {@link Event} has; stored with each event. */
    public static final String VERSION = "1.0";

    /** Of one payload; events have a few hundred. */
    public static final int MAX_PAYLOAD_BYTES = 32 * 1024;

    /** How long before its arrival an event may have happened. */
    public static final Duration OLDEST = Duration.ofDays(7);

    /** How far the producer's clock may be ahead. */
    public static final Duration NEWEST = Duration.ofMinutes(10);

    private static final String UNKNOWN_TYPE = "unknown";

    private EventTransform() {}

    /**
     * What becomes of a payload.
     *
     * @param payload one JSON object; a record of several is taken apart by {@link PayloadSplitter} first
     * @param arrival when the stream received it
     * @param processedAt now, or for a batch that may be repeated a moment that is the same each time
     */
    public static EventResult transform(byte[] payload, Instant arrival, Instant processedAt) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            return new Reject(EnumSet.of(RejectReason.TOO_LARGE), payload);
        }
        EventFields fields = EventFields.read(payload);
        EnumSet<RejectReason> problems = fields.problems();
        Instant timestamp = fields.isObject() ? timestamp(fields, arrival) : null;
        if (!problems.isEmpty()) {
            return new Reject(problems, payload);
        }
        EnumSet<Note> notes = EnumSet.noneOf(Note.class);
        String ipAddress = ipAddress(fields.text(Field.IP_ADDRESS), notes);
        Integer statusCode = statusCode(fields.text(Field.STATUS_CODE), notes);
        Long responseSize = responseSize(fields.text(Field.RESPONSE_SIZE), notes);
        String eventType = fields.text(Field.EVENT_TYPE);
        String path = fields.text(Field.PATH);
        return new Event(
                timestamp,
                eventType == null || eventType.isBlank() ? UNKNOWN_TYPE : eventType,
                fields.text(Field.USER_ID),
                ipAddress,
                statusCode,
                StatusCategory.of(statusCode),
                responseSize,
                path == null ? null : RequestPath.withoutValues(path),
                Collections.unmodifiableSet(notes),
                processedAt.truncatedTo(ChronoUnit.MICROS),
                VERSION);
    }

    private static Instant timestamp(EventFields fields, Instant arrival) {
        String text = fields.text(Field.TIMESTAMP);
        EnumSet<RejectReason> problems = fields.problems();
        if (text == null || text.isBlank()) {
            if (!problems.contains(RejectReason.TIMESTAMP_NOT_TEXT)) {
                problems.add(RejectReason.NO_TIMESTAMP);
            }
            return null;
        }
        Instant timestamp = EventTime.parse(text);
        if (timestamp == null) {
            problems.add(RejectReason.TIMESTAMP_NOT_UNDERSTOOD);
        } else if (timestamp.isBefore(arrival.minus(OLDEST))) {
            problems.add(RejectReason.TIMESTAMP_TOO_OLD);
        } else if (timestamp.isAfter(arrival.plus(NEWEST))) {
            problems.add(RejectReason.TIMESTAMP_IN_FUTURE);
        }
        return timestamp;
    }

    private static String ipAddress(String text, EnumSet<Note> notes) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        String anonymized = IpAddress.anonymized(text);
        if (anonymized == null) {
            notes.add(Note.IP_ADDRESS_NOT_UNDERSTOOD);
        }
        return anonymized;
    }

    private static Integer statusCode(String text, EnumSet<Note> notes) {
        Long number = wholeNumber(text);
        if (number != null && number == number.intValue()) {
            return number.intValue();
        }
        if (text != null && !text.isEmpty()) {
            notes.add(Note.STATUS_CODE_NOT_UNDERSTOOD);
        }
        return null;
    }

    private static Long responseSize(String text, EnumSet<Note> notes) {
        Long number = wholeNumber(text);
        if (number != null && number >= 0) {
            return number;
        }
        if (text != null && !text.isEmpty()) {
            notes.add(Note.RESPONSE_SIZE_NOT_UNDERSTOOD);
        }
        return null;
    }

    /** A number of ASCII digits with or without a minus that a long holds, else null. */
    private static Long wholeNumber(String text) {
        if (text == null) {
            return null;
        }
        boolean negative = text.startsWith("-");
        int digits = text.length() - (negative ? 1 : 0);
        if (digits < 1 || digits > 19) {
            return null;
        }
        // Negative, because a long's smallest number has no positive equal.
        long number = 0;
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return null;
            }
            long next = number * 10 - digit;
            if (number < Long.MIN_VALUE / 10 || next > 0) {
                return null;
            }
            number = next;
        }
        if (negative) {
            return number;
        }
        return number == Long.MIN_VALUE ? null : Long.valueOf(-number);
    }
}
