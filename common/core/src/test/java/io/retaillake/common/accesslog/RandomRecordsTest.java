package io.retaillake.common.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.accesslog.FieldValue.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a record has, its line gives it back; whatever the bytes, they are a record or a reject. {@code -Dfuzz.seed=…} repeats a failure. */
class RandomRecordsTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final byte[] HOSTILE =
            "{}[]()'\"\\:,._-+0123456789eExXbuUNTrueFalsenull \n\u0000#\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private final long seed = Long.getLong("fuzz.seed", System.nanoTime());

    @Test
    void recordsComeBackFromTheirLines() throws Exception {
        System.out.println("records with -Dfuzz.seed=" + seed);
        RandomRecords records = new RandomRecords(seed);
        for (int i = 0; i < 2_000; i++) {
            Map<String, Object> fields = records.next();
            boolean python = i % 2 == 0;
            String text = python ? RandomRecords.repr(fields) : JACKSON.writeValueAsString(fields);
            AccessLog log = new LogItem("id" + i, i % 3 == 0 ? null : (long) i, "token", Map.of())
                    .record(text.getBytes(StandardCharsets.UTF_8), deadline());
            assertSame(i, log, fields);
            String line = AccessLogLine.of(log);
            assertThat(AccessLogLineReader.read(line)).as("record %d", i).isEqualTo(log);
            assertReadableByOthers(i, line, log);
        }
    }

    /** The source's values, as Jackson says them. */
    private static void assertSame(int i, AccessLog log, Map<String, Object> fields) throws Exception {
        Map<String, JsonNode> read = new HashMap<>();
        for (Map.Entry<String, FieldValue> field : log.fields().entrySet()) {
            FieldValue value = field.getValue();
            assertThat(value.form()).as("record %d", i).isNotEqualTo(Form.PYTHON);
            read.put(
                    field.getKey(),
                    value.form() == Form.STRING
                            ? JACKSON.getNodeFactory().textNode(value.text())
                            : JACKSON.readTree(value.text()));
        }
        assertThat(JACKSON.valueToTree(read).equals(JACKSON.readTree(JACKSON.writeValueAsString(fields))))
                .as("record %d", i)
                .isTrue();
    }

    private static void assertReadableByOthers(int i, String line, AccessLog log) throws Exception {
        assertThat(line.indexOf('\n')).as("record %d", i).isNegative();
        JsonNode json = JACKSON.readTree(line.getBytes(StandardCharsets.UTF_8));
        assertThat(json.path("source_id").textValue()).isEqualTo(log.sourceId());
        FieldValue name = log.fields().get("name");
        if (name != null) {
            assertThat(json.path("name").textValue().equals(name.text()))
                    .as("record %d", i)
                    .isTrue();
        }
    }

    @Test
    void tenThousandTexts() {
        fuzz(10_000);
    }

    @Test
    @Tag("thorough")
    void threeHundredThousandTexts() {
        fuzz(300_000);
    }

    private void fuzz(int count) {
        System.out.println(count + " texts with -Dfuzz.seed=" + seed);
        Random random = new Random(seed);
        RandomRecords records = new RandomRecords(seed);
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            byte[] text = RandomRecords.repr(records.next()).getBytes(StandardCharsets.UTF_8);
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                text[random.nextInt(text.length)] = HOSTILE[random.nextInt(HOSTILE.length)];
            }
            try {
                AccessLog log = new LogItem("id", 1L, "token", Map.of()).record(text, deadline());
                assertThat(AccessLogLineReader.read(AccessLogLine.of(log)))
                        .as("text %d", i)
                        .isEqualTo(log);
                accepted++;
            } catch (NotARecordException e) {
                assertThat(e.reason()).isIn(RejectReason.NOT_A_RECORD, RejectReason.NO_TIME);
            } catch (MalformedLineException e) {
                throw new AssertionError("text " + i, e);
            }
        }
        assertThat(accepted).isGreaterThan(count / 10);
    }

    private static Deadline deadline() {
        return Deadline.after(Duration.ofSeconds(10));
    }
}
