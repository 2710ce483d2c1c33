package io.retaillake.jobs.logs;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.AccessLogLine;
import io.retaillake.common.accesslog.FieldValue;
import io.retaillake.common.accesslog.LogHour;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** A folder as the collector fills it. */
final class CollectedLogs {

    private final Path folder;

    CollectedLogs(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** A turn with its log and all its objects. */
    List<Path> turn(long number, AccessLog... records) {
        List<Path> objects = objects(number, records);
        log(number, objects);
        return objects;
    }

    /** The objects of a turn, one for each hour, without its log. */
    List<Path> objects(long number, AccessLog... records) {
        Map<LogHour, List<AccessLog>> hours = new TreeMap<>();
        for (AccessLog record : records) {
            LogHour hour = LogHour.of(record.fields().get("inDate").text()).orElseThrow();
            hours.computeIfAbsent(hour, of -> new ArrayList<>()).add(record);
        }
        List<Path> objects = new ArrayList<>();
        hours.forEach((hour, of) -> {
            String lines = of.stream().map(AccessLogLine::of).collect(Collectors.joining("\n", "", "\n"));
            Path object = folder.resolve("data/logs")
                    .resolve(hour.folder())
                    .resolve(String.format(
                            "%010d-%s.jsonl.gz", number, sha256(lines).substring(0, 16)));
            write(object, lines);
            objects.add(object);
        });
        return objects;
    }

    /** The log of a turn that is to write some objects. */
    void log(long number, List<Path> objects) {
        String names = objects.stream()
                .map(object -> '"' + folder.relativize(object).toString() + "\":\"\"")
                .collect(Collectors.joining(","));
        write(folder.resolve(String.format("turns/%010d.json.gz", number)), "{\"objects\":{" + names + "}}");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            }
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record as most are. */
    static AccessLog record(String id, String inDate) {
        return record(id, inDate, Map.of());
    }

    /** The same with other fields; one that is null is missing. */
    static AccessLog record(String id, String inDate, Map<String, FieldValue> others) {
        Map<String, FieldValue> fields = new HashMap<>();
        fields.put("user_id", text("0f".repeat(32)));
        fields.put("record_id", text("r" + id));
        fields.put("activity", text("view"));
        fields.put("url", text("/products/" + id));
        fields.put("method", text("GET"));
        fields.put("name", text("홍길동"));
        fields.put("inDate", text(inDate));
        fields.put("detail", text("from \"search\""));
        fields.putAll(others);
        return new AccessLog(id, 1_764_392_760_123L, Map.of(), fields);
    }

    static FieldValue text(String text) {
        return new FieldValue(FieldValue.Form.STRING, text);
    }
}
