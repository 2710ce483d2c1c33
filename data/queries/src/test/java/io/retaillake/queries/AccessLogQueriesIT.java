package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.AccessLogLine;
import io.retaillake.common.accesslog.FieldValue;
import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.accesslog.LogHour;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tables, the view and the queries over access logs by Trino's Hive connector, which Athena's is near to, over files as the collector
 * writes them.
 */
class AccessLogQueriesIT {

    private static final Path QUERIES = Path.of("logs");
    private static final String USER = "00ff".repeat(16);
    private static final String OTHER_USER = "0123456789abcdef".repeat(4);

    @TempDir
    private static Path folder;

    private static Trino trino;

    @BeforeAll
    static void collects() throws Exception {
        Map<String, FieldValue> odd = new HashMap<>();
        odd.put("user_id", text("guest"));
        odd.put("method", text("OPTIONS"));
        odd.put("url", new FieldValue(Form.PYTHON, "('/a', 2)"));
        odd.put("name", new FieldValue(Form.JSON, "null"));
        odd.put("detail", new FieldValue(Form.JSON, "{\"a\": [1]}"));
        odd.put("device", text("mobile"));
        odd.put("activity", null);
        write(
                1,
                record("1", "2026-11-28 10:05:07.123456", Map.of()),
                record("2", "2026-11-28 10:59:59.999999", Map.of("url", text("/products/1?page=2"))),
                record(
                        "3",
                        "2026-11-28 23:00:00.000000",
                        Map.of("user_id", text(OTHER_USER), "method", text("DELETE"))),
                record("4", "2026-11-28T23:00:01+09:00", odd),
                record("5", "2026-11-29 00:00:00.000001", Map.of("user_id", text(OTHER_USER))),
                record("6", "2026-10-28 00:00:00.000001", Map.of()));
        write(
                folder.resolve("rejects/year=2026/month=11/day=28/" + "a".repeat(32) + ".json.gz"),
                "{\"reason\":\"NO_TIME\",\"message\":\"inDate names no time\",\"item\":{\"recordId\":7,\"data\":\"gAAAA\"}}\n");
        trino = Trino.overFiles(
                folder.resolve("metastore"),
                "logs",
                AthenaTable.ddl(QUERIES.resolve("create-lines.sql"), folder.resolve("data/logs")),
                AthenaTable.ddl(QUERIES.resolve("create-rejects.sql"), folder.resolve("rejects")),
                text(QUERIES.resolve("create-view.sql")));
    }

    @AfterAll
    static void stops() {
        if (trino != null) {
            trino.close();
        }
    }

    @Test
    void theViewGivesTheValuesOfTheSourceBack() {
        String arrived = "2025-11-29T05:06:00.123";
        assertThat(all("source_id IN ('1', '3')"))
                .containsExactly(
                        "1|" + arrived + "|" + USER
                                + "|r1|view|/products/1|GET|홍길동|from \"search\"|2026-11-28T10:05:07.123456|2026-11-28 10:05:07.123456|∅|∅|∅",
                        "3|" + arrived + "|" + OTHER_USER
                                + "|r3|view|/products/1|DELETE|홍길동|from \"search\"|2026-11-28T23:00|2026-11-28 23:00:00.000000|∅|∅|∅");
        assertThat(all("source_id = '4'"))
                .containsExactly("4|" + arrived
                        + "|guest|r4|∅|('/a', 2)|OPTIONS|∅|{\"a\": [1]}|2026-11-28T23:00:01|2026-11-28T23:00:01+09:00"
                        + "|{\"activity\":\"missing\",\"detail\":\"json\",\"in_date\":\"text\",\"method\":\"text\",\"name\":\"json\",\"url\":\"python\",\"user_id\":\"text\"}"
                        + "|{\"device\":\"\\\"mobile\\\"\"}|∅");
    }

    @Test
    void countsRecordsByHourAndMethod() {
        assertThat(rows("records-by-hour-and-method"))
                .containsExactly("2026|11|28|10|GET|2|1", "2026|11|28|23|DELETE|1|1", "2026|11|28|23|OPTIONS|1|1");
    }

    @Test
    void countsUsersByDay() {
        assertThat(rows("users-by-day")).containsExactly("2026|11|28|4|3|3", "2026|11|29|1|1|1");
    }

    @Test
    void listsTheUrlsThatWereRequestedMost() {
        assertThat(rows("urls-most-requested"))
                .containsExactly(
                        "/products/1|3|2|2026-11-28T10:05:07.123456|2026-11-28T23:00",
                        "('/a', 2)|1|1|2026-11-28T23:00:01|2026-11-28T23:00:01");
    }

    @Test
    void listsWhatIsUnusual() {
        assertThat(rows("unusual-fields"))
                .contains("activity|missing|1|4", "method|text|1|4", "url|python|1|4")
                .hasSize(7);
    }

    @Test
    void countsRejectsByReason() {
        assertThat(rows("rejects-by-reason")).containsExactly("2026|11|28|NO_TIME|1|inDate names no time");
    }

    @Test
    void readsTheFilesOfTheWindowOnly() {
        assertThat(trino.query(text(QUERIES.resolve("records-by-hour-and-method.sql")))
                        .rowsRead())
                .isEqualTo(4);
    }

    @Test
    void saysInEachQueryWhatItAnswersAndHowToChangeTheWindow() throws IOException {
        try (Stream<Path> all = Files.list(QUERIES)) {
            assertThat(all.toList())
                    .hasSize(8)
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContain(";")
                            .startsWith("-- ")
                            .endsWith("\n"))
                    .filteredOn(file -> !file.getFileName().toString().startsWith("create-"))
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .contains("-- Grain: ", "Units: ", "-- Cost: ", "-- Months: ", "\nORDER BY "));
        }
    }

    private static List<String> all(String condition) {
        return trino.query(
                        "SELECT source_id, arrived_at, user_id, record_id, activity, url, method, name, detail, in_date, in_date_text,"
                                + " json_format(CAST(forms AS json)), json_format(CAST(more AS json)), json_format(CAST(item AS json))"
                                + " FROM logs.access_logs WHERE year = 2026 AND month = 11 AND day = 28 AND "
                                + condition + " ORDER BY source_id")
                .figures()
                .rows();
    }

    private static List<String> rows(String query) {
        return trino.query(text(QUERIES.resolve(query + ".sql"))).figures().rows();
    }

    private static String text(Path file) {
        return Resources.text(file);
    }

    private static FieldValue text(String text) {
        return new FieldValue(Form.STRING, text);
    }

    /** A record; a field that is null is missing. */
    private static AccessLog record(String id, String inDate, Map<String, FieldValue> others) {
        Map<String, FieldValue> fields = new HashMap<>();
        fields.put("user_id", text(USER));
        fields.put("record_id", text("r" + id));
        fields.put("activity", text("view"));
        fields.put("url", text("/products/1"));
        fields.put("method", text("GET"));
        fields.put("name", text("홍길동"));
        fields.put("inDate", text(inDate));
        fields.put("detail", text("from \"search\""));
        fields.putAll(others);
        fields.values().removeIf(value -> value == null);
        return new AccessLog(id, 1_764_392_760_123L, Map.of(), fields);
    }

    private static void write(long turn, AccessLog... records) throws IOException {
        for (AccessLog record : records) {
            String hour = LogHour.of(record.fields().get("inDate").text())
                    .orElseThrow()
                    .folder();
            write(
                    folder.resolve("data/logs")
                            .resolve(hour)
                            .resolve("%010d-%016x.jsonl.gz"
                                    .formatted(turn, record.sourceId().hashCode())),
                    AccessLogLine.of(record) + "\n");
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
