package io.retaillake.local;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.AccessLogLine;
import io.retaillake.common.accesslog.FieldValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Turns as the collector of access logs stores them, each with one record: two days of them, one an hour. */
final class CollectedLog {

    /** A turn's object and its log, by their names below the collector's folder. */
    static Map<String, byte[]> turn(int number) {
        String day = "%02d".formatted(1 + number / 24);
        String hour = "%02d".formatted(number % 24);
        String lines = AccessLogLine.of(new AccessLog(
                        Integer.toString(number),
                        null,
                        Map.of(),
                        Map.of(
                                "inDate",
                                new FieldValue(
                                        FieldValue.Form.STRING, "2026-01-" + day + " " + hour + ":00:00.000000"))))
                + "\n";
        String object = "data/logs/year=2026/month=01/day=%s/hour=%s/%010d-%s.jsonl.gz"
                .formatted(day, hour, number, sha256(lines).substring(0, 16));
        return Map.of(
                object,
                gzip(lines),
                "turns/%010d.json.gz".formatted(number),
                gzip("{\"objects\":{\"" + object + "\":\"\"}}"));
    }

    private CollectedLog() {}

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("Memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
