package io.retaillake.queries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The queries over events by Trino's Hive connector, which Athena's is near to, over the function's own output, found as in events.yaml:
 * JSON Lines in gzip, by projection of partitions that no catalog knows.
 */
class EventQueriesIT {

    private static final Path QUERIES = Path.of("events");

    @TempDir
    private static Path folder;

    private static Trino trino;

    /** Yesterday, so that the hours are all there, and no event is too old or of the future. */
    private static LocalDateTime day;

    @BeforeAll
    static void delivers() throws Exception {
        day = LocalDateTime.ofInstant(Instant.now(), ZoneOffset.UTC)
                .minusDays(1)
                .truncatedTo(ChronoUnit.DAYS);
        Path data = folder.resolve("bucket/events");
        EventFiles.write(
                data,
                List.of(
                        event(9, "login", "a", 200, 120, "/login"),
                        event(9, "view", "a", 200, 5_000_000_000L, "/film?id=7"),
                        event(9, "view", "b", 404, 300, "/gone"),
                        event(9, "view", "b", 404, 300, "/gone"),
                        event(23, "view", "c", 500, 200, "/film?id=8"),
                        event(23, "purchase", "c", 201, 800, "/cart"),
                        // Neither is delivered: one is no event, the other is too old.
                        "no event",
                        "{\"timestamp\":\"2020-01-01T00:00:00Z\",\"event_type\":\"view\"}"));
        // The day before is not asked for.
        EventFiles.write(data, List.of(event(-1, "view", "z", 500, 1, "/other-day")));
        trino = Trino.overFiles(folder.resolve("metastore"), "events", EventsTable.ddl(data));
    }

    @AfterAll
    static void stops() {
        if (trino != null) {
            trino.close();
        }
    }

    @Test
    void countsEventsByCategoryAndHour() {
        String date = day.toLocalDate().toString();
        assertThat(rows("events-by-category-and-hour"))
                .containsExactly(
                        date + "T09:00|login|Success|1|1",
                        date + "T09:00|view|Client Error|2|1",
                        date + "T09:00|view|Success|1|1",
                        date + "T23:00|purchase|Success|1|1",
                        date + "T23:00|view|Server Error|1|1");
    }

    @Test
    void tellsTheRateOfErrorsByHour() {
        String date = day.getYear() + "|" + day.getMonthValue() + "|" + day.getDayOfMonth();
        assertThat(rows("error-rate-by-hour")).containsExactly(date + "|9|4|2|0|50.00", date + "|23|2|0|1|50.00");
    }

    @Test
    void listsThePathsWithMostErrors() {
        assertThat(rows("paths-with-most-errors"))
                .hasSize(2)
                .satisfies(rows ->
                        assertThat(rows.get(0)).startsWith("/gone|2|0|2|100.00|" + day.toLocalDate() + "T09:15"))
                .satisfies(rows -> assertThat(rows.get(1)).startsWith("/film?id=|1|1|2|50.00|"));
    }

    @Test
    void listsThePathsWithLargestResponses() {
        assertThat(rows("paths-with-largest-responses").get(0)).startsWith("/film?id=|2|5000000200|");
        assertThat(rows("paths-with-largest-responses")).hasSize(4);
    }

    @Test
    void readsTheFilesOfTheWindowOnly() {
        assertThat(trino.query(statement("error-rate-by-hour")).rowsRead()).isEqualTo(6);
        assertThat(trino.query("SELECT count(*) FROM events.events_json WHERE year = 2021 AND month = 1 AND day = 1")
                        .rowsRead())
                .isZero();
    }

    @Test
    void saysInEachQueryWhatItAnswersAndHowToChangeTheWindow() throws Exception {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(QUERIES)) {
            all.forEach(files::add);
        }
        assertThat(files)
                .hasSize(4)
                .allSatisfy(file -> assertThat(Files.readString(file))
                        .contains("-- Grain: ", "Units: ", "-- Cost: ", "-- Months: ", "\nORDER BY ")
                        .doesNotContain(";")
                        .endsWith("\n"));
    }

    private static List<String> rows(String query) {
        return trino.query(statement(query)).figures().rows();
    }

    /** The query with the day that the events are of. */
    private static String statement(String query) {
        String text = Resources.text(QUERIES.resolve(query + ".sql"));
        assertThat(text).contains("WHERE year = 2026\n  AND month = 11\n  AND day BETWEEN 28 AND 28");
        return text.replace("year = 2026", "year = " + day.getYear())
                .replace("month = 11", "month = " + day.getMonthValue())
                .replace("BETWEEN 28 AND 28", "BETWEEN " + day.getDayOfMonth() + " AND " + day.getDayOfMonth());
    }

    private static String event(int hour, String type, String user, int status, long size, String path) {
        return ("{\"timestamp\":\"%sZ\",\"event_type\":\"%s\",\"user_id\":\"%s\",\"ip_address\":\"10.1.2.3\","
                        + "\"status_code\":%d,\"response_size\":%d,\"path\":\"%s\"}")
                .formatted(day.plusHours(hour).plusMinutes(15).plusSeconds(30), type, user, status, size, path);
    }
}
