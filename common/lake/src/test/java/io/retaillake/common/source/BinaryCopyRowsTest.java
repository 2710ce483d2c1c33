package io.retaillake.common.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCopyRowsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 19, 1000})
    void readsTheSameRowsHoweverTheServerCutsItsMessages(int bytesPerMessage) throws Exception {
        byte[] stream = BinaryCopyStream.of(row("가나다", -12.5), row(null, Double.NaN), row("", null));

        assertThat(read(pieces(stream, bytesPerMessage))).containsExactly("가나다/-12.5", "null/NaN", "/null");
    }

    @Test
    void readsNothingFromAnEmptyTable() throws Exception {
        assertThat(read(List.of(BinaryCopyStream.of()))).isEmpty();
    }

    @Test
    void refusesAnAnswerThatEndsInTheMiddleOfARow() throws Exception {
        byte[] stream = BinaryCopyStream.of(row("a", 1.0));
        byte[] cut = Arrays.copyOf(stream, stream.length - 5);

        assertThatThrownBy(() -> read(List.of(cut)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("ended in the middle of a row");
    }

    @Test
    void refusesRowsThatHaveOtherFieldsThanItAskedFor() throws Exception {
        assertThatThrownBy(() -> read(List.of(BinaryCopyStream.of(row("a", 1.0, 2.0)))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("3 fields; expected are 2");
    }

    @Test
    void refusesTextFormat() {
        assertThatThrownBy(() -> read(List.of("a\t1.0 and some more text\n".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("binary COPY format");
    }

    private static List<String> read(List<byte[]> messages) throws SQLException {
        Iterator<byte[]> next = messages.iterator();
        BinaryCopyRows rows = new BinaryCopyRows(() -> next.hasNext() ? next.next() : null, 2);
        List<String> read = new ArrayList<>();
        while (rows.next()) {
            String name = rows.isNull(0)
                    ? "null"
                    : new String(rows.bytes(0), rows.start(0), rows.length(0), StandardCharsets.UTF_8);
            read.add(name + "/" + (rows.isNull(1) ? "null" : Double.toString(rows.doubleValue(1))));
        }
        return read;
    }

    private static Object[] row(Object... fields) {
        return fields;
    }

    private static List<byte[]> pieces(byte[] stream, int length) {
        List<byte[]> pieces = new ArrayList<>();
        for (int start = 0; start < stream.length; start += length) {
            pieces.add(Arrays.copyOfRange(stream, start, Math.min(stream.length, start + length)));
        }
        return pieces;
    }
}
