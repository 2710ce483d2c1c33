package io.retaillake.lambda;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The function's answer, which has each record once and in the request's order, and never more bytes than Lambda returns: a record's events are
 * taken only if every record after it can still be said to have failed.
 */
final class FirehoseAnswer {

    /** Lambda returns 6 MB (6,291,556 bytes). */
    static final int MAX_BYTES = 6_000_000;

    private static final byte[] BEGIN = ascii("{\"records\":[");
    private static final byte[] END = ascii("]}");
    private static final byte[] ID = ascii("{\"recordId\":\"");
    private static final byte[] FAILED = ascii("\",\"result\":\"ProcessingFailed\"}");
    private static final byte[] OK = ascii("\",\"result\":\"Ok\",\"data\":\"");

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream(1 << 20);
    private long reserved;

    /**
     * Reserves the room that it takes to answer every record.
     *
     * @throws IllegalStateException if not even that fits
     */
    FirehoseAnswer(List<FirehoseRecord> records) {
        answer.writeBytes(BEGIN);
        reserved = END.length;
        for (FirehoseRecord record : records) {
            reserved += failedBytes(quoted(record.recordId()));
        }
        if (answer.size() + reserved > MAX_BYTES) {
            throw new IllegalStateException(
                    "The answer to " + records.size() + " records takes more than " + MAX_BYTES
                            + " bytes even without their data. Set a smaller BufferSizeInMBs for the function in the Firehose stream.");
        }
    }

    /** Answers the next record with its events, if there is room; otherwise false, and it has yet to be answered. */
    boolean ok(FirehoseRecord record, TransformedRecord transformed) {
        byte[] id = quoted(record.recordId());
        byte[] data = Base64.getEncoder().encode(transformed.lines());
        byte[] metadata = metadata(transformed.hour());
        long rest = reserved - failedBytes(id);
        long bytes = 1L + ID.length + id.length + OK.length + data.length + metadata.length;
        if (answer.size() + bytes + rest > MAX_BYTES) {
            return false;
        }
        begin(id);
        answer.writeBytes(OK);
        answer.writeBytes(data);
        answer.writeBytes(metadata);
        reserved = rest;
        return true;
    }

    /** Answers that the next record failed: Firehose stores it, as it came, under the prefix for errors. */
    void failed(FirehoseRecord record) {
        byte[] id = quoted(record.recordId());
        begin(id);
        answer.writeBytes(FAILED);
        reserved -= failedBytes(id);
    }

    /** All of it, when every record has been answered. */
    byte[] toBytes() {
        answer.writeBytes(END);
        return answer.toByteArray();
    }

    private void begin(byte[] id) {
        if (answer.size() > BEGIN.length) {
            answer.write(',');
        }
        answer.writeBytes(ID);
        answer.writeBytes(id);
    }

    private static long failedBytes(byte[] id) {
        return 1L + ID.length + id.length + FAILED.length;
    }

    private static byte[] metadata(Instant hour) {
        LocalDateTime time = LocalDateTime.ofInstant(hour, ZoneOffset.UTC);
        return ascii(String.format(
                Locale.ROOT,
                "\",\"metadata\":{\"partitionKeys\":{\"year\":\"%04d\",\"month\":\"%02d\",\"day\":\"%02d\",\"hour\":\"%02d\"}}}",
                time.getYear(),
                time.getMonthValue(),
                time.getDayOfMonth(),
                time.getHour()));
    }

    private static byte[] quoted(String id) {
        return JsonStringEncoder.getInstance().quoteAsUTF8(id);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
