package io.retaillake.jobs.logs;

import static io.retaillake.jobs.logs.AccessLogTable.ACCESS_LOGS;
import static io.retaillake.jobs.logs.CollectedLogs.record;
import static io.retaillake.jobs.logs.CollectedLogs.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.FieldValue;
import io.retaillake.common.accesslog.FieldValue.Form;
import io.retaillake.common.publish.QueryProgress;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.tables.BuildTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildAccessLogsTest {

    private static final String NOON = "2026-11-29T12:00";

    @TempDir
    private Path folder;

    private TestLake lake;
    private CollectedLogs logs;

    @BeforeEach
    void openLake() {
        lake = new TestLake(folder.resolve("lake"));
        logs = new CollectedLogs(folder.resolve("logs"));
    }

    @Test
    void givesTheValuesOfTheSourceBack() throws FailedJobException {
        logs.turn(1, record("1", "2026-11-29 11:05:07.123456"));

        build(NOON);

        assertThat(lake.read(ACCESS_LOGS).collectAsList()).singleElement().satisfies(row -> {
            assertThat(values(row))
                    .containsEntry("in_date", LocalDateTime.parse("2026-11-29T11:05:07.123456"))
                    .containsEntry("source_id", "1")
                    .containsEntry("arrived_at", new Timestamp(1_764_392_760_123L))
                    .containsEntry("user_id", "0f".repeat(32))
                    .containsEntry("record_id", "r1")
                    .containsEntry("activity", "view")
                    .containsEntry("url", "/products/1")
                    .containsEntry("method", "GET")
                    .containsEntry("name", "홍길동")
                    .containsEntry("detail", "from \"search\"")
                    .containsEntry("turn", 1L);
            assertThat(values(row)).hasSize(ACCESS_LOGS.columns().size());
            assertThat(List.of("in_date_text", "forms", "more", "item"))
                    .allMatch(column -> row.isNullAt(row.fieldIndex(column)));
        });
    }

    @Test
    void losesNothingOfWhatIsNotAsUsual() throws FailedJobException {
        Map<String, FieldValue> odd = new HashMap<>();
        odd.put("user_id", text("guest"));
        odd.put("method", text("OPTIONS"));
        odd.put("detail", new FieldValue(Form.JSON, "{\"a\": 1}"));
        odd.put("name", new FieldValue(Form.JSON, "null"));
        odd.put("url", new FieldValue(Form.PYTHON, "('/a', 2)"));
        odd.put("device", text("mo\"bile"));
        odd.put("tags", new FieldValue(Form.JSON, "[1, 2]"));
        odd.put("raw", new FieldValue(Form.PYTHON, "b'x'"));
        AccessLog usual = record("1", "2026-11-29T11:05:07.1234567+09:00", odd);
        Map<String, FieldValue> fields = new HashMap<>(usual.fields());
        fields.remove("activity");
        logs.turn(1, new AccessLog("1", null, Map.of("ArrivalTimeStamp", "\"soon\""), fields));

        build(NOON);

        assertThat(lake.read(ACCESS_LOGS).collectAsList())
                .singleElement()
                .satisfies(row -> assertThat(values(row))
                        .containsEntry("in_date", LocalDateTime.parse("2026-11-29T11:05:07.123456"))
                        .containsEntry("in_date_text", "2026-11-29T11:05:07.1234567+09:00")
                        .containsEntry("arrived_at", null)
                        .containsEntry("item", "{\"ArrivalTimeStamp\":\"soon\"}")
                        .containsEntry("user_id", "guest")
                        .containsEntry("method", "OPTIONS")
                        .containsEntry("detail", "{\"a\": 1}")
                        .containsEntry("name", null)
                        .containsEntry("activity", null)
                        .containsEntry("url", "('/a', 2)")
                        .containsEntry("more", "{\"device\":\"mo\\\"bile\",\"raw\":\"b'x'\",\"tags\":[1, 2]}")
                        .containsEntry(
                                "forms",
                                "{\"activity\":\"missing\",\"url\":\"python\",\"name\":\"json\",\"detail\":\"json\","
                                        + "\"more.raw\":\"python\"}"));
    }

    @Test
    void takesHoursWhenTheyAreOverAndEachObjectOnce() throws FailedJobException {
        logs.turn(1, record("1", at("10:58")));
        logs.turn(2, record("2", at("10:59")), record("3", at("11:00")));
        logs.turn(3, record("4", at("11:59")), record("5", at("12:00")));

        assertThat(build("2026-11-29T11:30")).contains("turns=0..3", "records=2 written=2", "waiting_objects=3");
        assertThat(ids()).containsExactly("1", "2");
        assertThat(build("2026-11-29T11:59")).contains("nothing new");
        assertThat(build(NOON)).contains("turns=4..3", "records=2 written=2", "waiting_objects=1");
        assertThat(ids()).containsExactly("1", "2", "3", "4");

        logs.turn(4, record("6", at("12:03")));
        assertThat(build("2026-11-29T13:00")).contains("turns=4..4", "records=2 written=2", "waiting_objects=0");
        assertThat(ids()).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(reached()).isEqualTo("hour=498877, turn=5");
    }

    @Test
    void bringsLateRecordsAndLeavesOutWhatItHas() throws FailedJobException {
        logs.turn(1, record("1", at("08:00")), record("2", at("09:00")));
        build(NOON);
        logs.turn(2, record("3", at("13:00")));
        logs.turn(
                3,
                record("2", at("09:00")),
                record("4", at("08:30")),
                record("4", at("08:30")),
                record("3", at("13:00")));

        assertThat(build("2026-11-29T14:00")).contains("records=5 written=2 repeated=3");

        assertThat(ids()).containsExactly("1", "4", "2", "3");
    }

    @Test
    void writesADaysRowsOfABatchIntoOneFileInTheOrderOfTime() throws FailedJobException {
        for (int turn = 1; turn <= 8; turn++) {
            logs.turn(
                    turn,
                    record("b" + turn, "2026-11-28 0" + (9 - turn) + ":00:00.000000"),
                    record("a" + turn, "2026-11-27 2" + turn % 4 + ":00:00.00000" + turn));
        }

        build(NOON);

        assertThat(lake.spark()
                        .sql("SELECT record_count FROM lake.silver.access_logs.files")
                        .collectAsList())
                .extracting(row -> row.getLong(0))
                .containsExactly(8L, 8L);
        assertThat(lake.read(ACCESS_LOGS).where("in_date >= '2026-11-28'").collectAsList())
                .extracting(row -> row.getString(LogRow.SOURCE_ID))
                .containsExactly("b8", "b7", "b6", "b5", "b4", "b3", "b2", "b1");
    }

    @Test
    void namesAllObjectsThatAreDamagedAndIsCompleteWhenTheyAreBack() throws Exception {
        List<Path> whole = logs.turn(1, record("1", at("08:00")));
        Path cut = logs.turn(2, record("2", at("08:03"))).get(0);
        Path other = logs.turn(3, record("3", at("09:00"))).get(0);
        logs.turn(4, record("4", at("09:03")));
        byte[] bytes = Files.readAllBytes(cut);
        byte[] otherBytes = Files.readAllBytes(other);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(other, Files.readAllBytes(whole.get(0)));

        FailedJobException failure = fail(NOON);

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContainingAll(
                        cut.getFileName() + ": it is cut off or changed (Unexpected end of ZLIB input stream)",
                        other.getFileName()
                                + ": it is cut off or changed (The content is another one than the name says)",
                        "nothing of the batch is in the table");
        assertThat(ids()).isEmpty();

        Files.write(cut, bytes);
        Files.write(other, otherBytes);
        build(NOON);
        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void namesAnObjectThatIsGone() throws Exception {
        Path gone = logs.turn(1, record("1", at("08:00"))).get(0);
        logs.turn(2, record("2", at("08:03")));
        Files.delete(gone);

        FailedJobException failure = fail(NOON);

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining(gone.getFileName().toString());
        assertThat(ids()).isEmpty();

        Files.delete(folder.resolve("logs/turns/0000000001.json.gz"));
        build(NOON);
        assertThat(ids()).containsExactly("2");
    }

    @Test
    void waitsForTheNewestTurnUntilItIsComplete() throws Exception {
        logs.turn(1, record("1", at("08:00")));
        List<Path> second = logs.turn(2, record("2", at("08:59")), record("3", at("09:00")));
        byte[] bytes = Files.readAllBytes(second.get(1));
        Files.delete(second.get(1));

        build(NOON);
        assertThat(ids()).containsExactly("1");

        Files.write(second.get(1), bytes);
        build(NOON);
        assertThat(ids()).containsExactly("1", "2", "3");
    }

    @Test
    void goesOnWhereTheTurnsLogsAreLost() throws FailedJobException, IOException {
        logs.objects(7, record("1", at("08:00")));
        logs.objects(8, record("2", at("08:03")));

        build(NOON);
        assertThat(ids()).as("the newest turn may be incomplete").containsExactly("1");

        logs.objects(9, record("3", at("08:06")));
        build(NOON);
        assertThat(ids()).containsExactly("1", "2");
        assertThat(reached()).startsWith("hour=").endsWith("turn=9");
    }

    @Test
    void takesATurnWhoseNumberIsGivenAgain() throws Exception {
        logs.turn(1, record("1", at("08:00")));
        logs.log(2, List.of());
        build(NOON);
        // Where logs are lost, the collector goes on above the objects: the turn that brought none is forgotten.
        for (int turn = 1; turn <= 2; turn++) {
            Files.delete(logs.folder().resolve("turns/000000000" + turn + ".json.gz"));
        }
        logs.turn(2, record("2", at("08:03")));

        build(NOON);

        assertThat(ids()).containsExactly("1", "2");
    }

    @Test
    void areCountedByHourWhenThatIsAskedForAndElseNot() throws FailedJobException {
        logs.turn(1, record("1", at("08:00")), record("2", at("08:59")), record("1b", at("09:00")));
        build(NOON);

        assertThat(lake.fail(new BuildTable(), "r1"))
                .hasMessageContaining("silver.purchases")
                .hasMessageNotContaining("access_log");
        lake.run(new BuildTable(), "r1", "--table", "gold.access_log_counts");

        assertThat(lake.spark()
                        .table("lake.gold.access_log_counts")
                        .orderBy("hour", "url")
                        .collectAsList())
                .extracting(row -> row.mkString("|"))
                .containsExactly(
                        "2026-11-29|8|GET|/products/1|1|1",
                        "2026-11-29|8|GET|/products/2|1|1",
                        "2026-11-29|9|GET|/products/1b|1|1");
    }

    @Test
    void refusesAFolderThatTheTableWasNotFilledFrom() throws FailedJobException {
        logs.turn(40, record("1", at("08:00")));
        build(NOON);
        CollectedLogs others = new CollectedLogs(folder.resolve("others"));
        others.turn(1, record("x", at("08:00")));

        FailedJobException failure =
                lake.fail(new BuildAccessLogs(), null, "--logs", others.folder().toString(), "--until", NOON);

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("is 1, but the table has the turns up to 40");
    }

    @Test
    void namesAllThatIsWrongWithItsArguments() {
        FailedJobException failure = lake.fail(
                new BuildAccessLogs(), null, "--logs", "s3://key:secret@bucket", "--zone", "Seoul", "--until", "noon");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure)
                .hasMessageContainingAll("--logs holds credentials", "--zone is 'Seoul'", "--until is 'noon'")
                .hasMessageNotContaining("secret");
    }

    @Test
    void saysWhereNoCollectorHasBeen() {
        FailedJobException failure = fail(NOON);

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("There are no access logs in file://" + logs.folder());
    }

    private String build(String until) throws FailedJobException {
        AtomicReference<FailedJobException> failure = new AtomicReference<>();
        String printed = Printed.by(() -> failure.set(fail(until)));
        if (failure.get() != null) {
            throw failure.get();
        }
        return printed;
    }

    private FailedJobException fail(String until) {
        return lake.fail(new BuildAccessLogs(), null, "--logs", logs.folder().toString(), "--until", until);
    }

    private static String at(String time) {
        return "2026-11-29 " + time + ":00.000000";
    }

    private List<String> ids() {
        return lake.read(ACCESS_LOGS).orderBy("in_date", "source_id").collectAsList().stream()
                .map(row -> row.getString(LogRow.SOURCE_ID))
                .toList();
    }

    private String reached() {
        return QueryProgress.of(lake.lake().find(ACCESS_LOGS).orElseThrow(), BuildAccessLogs.QUERY)
                .orElseThrow()
                .reached()
                .toString();
    }

    private static Map<String, Object> values(Row row) {
        Map<String, Object> values = new HashMap<>();
        for (String name : row.schema().fieldNames()) {
            values.put(name, row.getAs(name));
        }
        return values;
    }
}
