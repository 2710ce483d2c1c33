package io.retaillake.common.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryCopyRowsTest {

    private static final StructType TEXT_AND_DOUBLE =
            new StructType().add("name", "string").add("amount", "double");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 19, 1000})
    void readsTheSameRowsHoweverTheServerCutsItsMessages(int bytesPerMessage) throws Exception {
        byte[] stream = stream(row("가나다", -12.5), row(null, Double.NaN), row("", null));

        assertThat(read(pieces(stream, bytesPerMessage))).containsExactly("가나다/-12.5", "null/NaN", "/null");
    }

    @Test
    void readsNothingFromAnEmptyTable() throws Exception {
        assertThat(read(List.of(stream()))).isEmpty();
    }

    @Test
    void refusesAnAnswerThatEndsInTheMiddleOfARow() throws Exception {
        byte[] stream = stream(row("a", 1.0));
        byte[] cut = Arrays.copyOf(stream, stream.length - 5);

        assertThatThrownBy(() -> read(List.of(cut)))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("ended in the middle of a row");
    }

    @Test
    void refusesRowsThatHaveOtherFieldsThanItAskedFor() throws Exception {
        assertThatThrownBy(() -> read(List.of(stream(row("a", 1.0, 2.0)))))
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
        BinaryCopyRows rows = new BinaryCopyRows(() -> next.hasNext() ? next.next() : null, TEXT_AND_DOUBLE);
        List<String> read = new ArrayList<>();
        while (rows.next()) {
            InternalRow row = rows.row();
            read.add((row.isNullAt(0) ? "null" : row.getUTF8String(0).toString()) + "/"
                    + (row.isNullAt(1) ? "null" : Double.toString(row.getDouble(1))));
        }
        return read;
    }

    private static Object[] row(Object... fields) {
        return fields;
    }

    /** The format as PostgreSQL's documentation of COPY describes it. */
    private static byte[] stream(Object[]... rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(new byte[] {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0});
        out.writeInt(0);
        out.writeInt(0);
        for (Object[] row : rows) {
            out.writeShort(row.length);
            for (Object field : row) {
                if (field == null) {
                    out.writeInt(-1);
                } else if (field instanceof Double number) {
                    out.writeInt(Double.BYTES);
                    out.writeDouble(number);
                } else {
                    byte[] text = field.toString().getBytes(StandardCharsets.UTF_8);
                    out.writeInt(text.length);
                    out.write(text);
                }
            }
        }
        out.writeShort(-1);
        return bytes.toByteArray();
    }

    private static List<byte[]> pieces(byte[] stream, int length) {
        List<byte[]> pieces = new ArrayList<>();
        for (int start = 0; start < stream.length; start += length) {
            pieces.add(Arrays.copyOfRange(stream, start, Math.min(stream.length, start + length)));
        }
        return pieces;
    }
}
