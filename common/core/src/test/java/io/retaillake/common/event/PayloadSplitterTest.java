package io.retaillake.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PayloadSplitterTest {

    @Test
    void takesObjectsApart() {
        assertThat(split("{\"a\":1}")).containsExactly("{\"a\":1}");
        assertThat(split("{\"a\":1}{\"b\":\"}{\"}\n {}\r\n")).containsExactly("{\"a\":1}", "{\"b\":\"}{\"}", "{}");
        assertThat(split("{\n \"a\": [1,\n 2]\n}\n{\"b\":2}")).containsExactly("{\n \"a\": [1,\n 2]\n}", "{\"b\":2}");
    }

    @Test
    void makesOnePieceOfWhatIsNoObjectUpToTheEndOfTheLine() {
        assertThat(split("hello {\"a\":1}\n{\"b\":2}")).containsExactly("hello {\"a\":1}", "{\"b\":2}");
        assertThat(split("{\"a\":1}{\"b\":\n{\"c\":3}")).containsExactly("{\"a\":1}", "{\"b\":", "{\"c\":3}");
        assertThat(split("{\"a\":1},{\"b\":2}")).containsExactly("{\"a\":1}", ",{\"b\":2}");
        assertThat(split("[{\"a\":1},{\"b\":2}]")).containsExactly("[{\"a\":1},{\"b\":2}]");
    }

    @Test
    void losesNoRecord() {
        assertThat(split("")).containsExactly("");
        assertThat(split(" \n ")).containsExactly(" \n ");
    }

    /** Were the work to grow with the square of the bytes, this would take far longer. */
    @Test
    @Timeout(120)
    void workGrowsWithTheBytesOnly() {
        int lines = 1 << 18;
        assertThat(split("{\"a\":[1,\n".repeat(lines))).hasSize(lines);
        assertThat(split("{\"a\":[\n".repeat(60) + "1,\n".repeat(lines))).hasSize(lines + 60);
        assertThat(split("{}".repeat(lines))).hasSize(lines);
        assertThat(split("[".repeat(lines))).hasSize(1);
        assertThat(split("{\"" + "\\\\".repeat(lines))).hasSize(1);
    }

    private static List<String> split(String payload) {
        return PayloadSplitter.split(payload.getBytes(StandardCharsets.UTF_8)).stream()
                .map(piece -> new String(piece, StandardCharsets.UTF_8))
                .toList();
    }
}
