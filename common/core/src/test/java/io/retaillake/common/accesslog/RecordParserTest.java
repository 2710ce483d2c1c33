package io.retaillake.common.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.accesslog.FieldValue.Form;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordParserTest {

    /** What Python 3.11 says of these literals. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'it\\'s'             | STRING | it's",
                "\"it's\"             | STRING | it's",
                "'\\x41\\u00e9\\U0001f600' | STRING | Aé😀",
                "'\\101\\d'           | STRING | A\\d",
                "u'a'                 | STRING | a",
                "12                   | JSON   | 12",
                "-1.5e-07             | JSON   | -1.5e-07",
                "True                 | JSON   | true",
                "None                 | JSON   | null",
                "[1, 'a', None]       | JSON   | [1,\"a\",null]",
                "[1, ]                | JSON   | [1]",
                "{'a': {'b': []}}     | JSON   | {\"a\":{\"b\":[]}}",
                "(1, 2)               | PYTHON | (1, 2)",
                "()                   | PYTHON | ()",
                "[(1,)]               | PYTHON | [(1,)]",
                "b'\\xff'             | PYTHON | b'\\xff'",
                "{1, 2}               | PYTHON | {1, 2}",
                "set()                | PYTHON | set()",
                "{1: 2}               | PYTHON | {1: 2}",
                "{'a': 1, \"a\": 2}   | PYTHON | {'a': 1, \"a\": 2}",
                "nan                  | PYTHON | nan",
                "-inf                 | PYTHON | -inf",
                "0x1F                 | PYTHON | 0x1F",
                "1_000                | PYTHON | 1_000",
                "'\\ud83d\\ude00'     | PYTHON | '\\ud83d\\ude00'"
            })
    void pythonValue(String literal, Form form, String text) throws Exception {
        assertThat(parse("{'inDate': '2023-03-20 10:05:07.1', 'value': " + literal + "}")
                        .get("value"))
                .isEqualTo(new FieldValue(form, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__import__('os').system('true')",
                "open('/etc/passwd')",
                "1 + 1",
                "f'{1}'",
                "r'a'",
                "'a' 'b'",
                "'''a'''",
                "lambda: 1",
                "[i for i in ()]",
                "x",
                "1j",
                "'a\nb'",
                "'\\x4'",
                "'\\U00110000'",
                "'\\N{DIGIT ONE}'",
                "[1 2]",
                "(,)",
                "{'a'}}",
                "1 # one",
                "",
                "'open",
                "datetime.datetime(2023, 3, 20)",
                "true"
            })
    void isNeitherEvaluatedNorRead(String expression) {
        assertThatThrownBy(() -> parse("{'value': " + expression + "}"))
                .isInstanceOfSatisfying(
                        NotARecordException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.NOT_A_RECORD));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "",
                "{",
                "{\"a\":1,\"a\":2}",
                "{'a': 1, 'a': 2}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"\\ud800\":1}",
                "{'a' 1}",
                "{1: 2}"
            })
    void isNoRecord(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(NotARecordException.class);
    }

    @Test
    void valueOfJsonStaysAsItIsWritten() throws Exception {
        assertThat(parse("{\"n\": 1.50, \"l\": [1,  2], \"s\": \"\\u00e9\\/\", \"half\": \"\\ud800\", \"z\": null}"))
                .isEqualTo(Map.of(
                        "n", new FieldValue(Form.JSON, "1.50"),
                        "l", new FieldValue(Form.JSON, "[1,  2]"),
                        "s", new FieldValue(Form.STRING, "é/"),
                        "half", new FieldValue(Form.JSON, "\"\\ud800\""),
                        "z", new FieldValue(Form.JSON, "null")));
    }

    @Test
    void depthIsBounded() {
        for (String brackets : new String[] {"[]", "{}", "()"}) {
            String deep = brackets.substring(0, 1).repeat(100_000)
                    + brackets.substring(1).repeat(100_000);
            assertThatThrownBy(() -> parse("{'a': " + deep + "}")).isInstanceOf(NotARecordException.class);
        }
    }

    @Test
    void sizeIsBounded() {
        assertThatThrownBy(() -> parse("{'a': '" + "x".repeat(RecordParser.MAX_BYTES) + "'}"))
                .isInstanceOfSatisfying(
                        NotARecordException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.TOO_LARGE));
    }

    @Test
    void timeIsBounded() {
        assertThatThrownBy(() -> RecordParser.parse(
                        "{'a': 1}".getBytes(StandardCharsets.UTF_8), Deadline.after(Duration.ofSeconds(-1))))
                .isInstanceOfSatisfying(
                        NotARecordException.class, e -> assertThat(e.reason()).isEqualTo(RejectReason.TOO_SLOW));
    }

    @Test
    void textThatIsNotUtf8IsNoRecord() {
        assertThatThrownBy(() -> RecordParser.parse(
                        new byte[] {'{', '\'', (byte) 0xff, '\'', ':', '1', '}'},
                        Deadline.after(Duration.ofSeconds(10))))
                .isInstanceOf(NotARecordException.class);
    }

    @Test
    void failureRepeatsNothingOfTheText() {
        assertThatThrownBy(() -> parse("{'user_id': secret-of-a-user}"))
                .message()
                .doesNotContain("secret");
    }

    private static Map<String, FieldValue> parse(String text) throws NotARecordException {
        return RecordParser.parse(text.getBytes(StandardCharsets.UTF_8), Deadline.after(Duration.ofSeconds(10)));
    }
}
