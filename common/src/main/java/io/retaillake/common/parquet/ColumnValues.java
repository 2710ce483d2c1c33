package io.retaillake.common.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.parquet.io.api.Binary;

/** The different values of a column of texts or 32-bit numbers in several files, each with a code by which rows are compared. */
public final class ColumnValues {

    /** The code of null. */
    public static final int NULL = 0;

    private static final int FIRST = 1;

    private final TextNumbers texts = new TextNumbers();
    private final LongNumbers numbers = new LongNumbers();

    /** The code of a text. */
    int codeOf(Binary text) {
        ByteBuffer bytes = text.toByteBuffer();
        int start = bytes.arrayOffset() + bytes.position();
        return FIRST + texts.numberOf(bytes.array(), start, bytes.remaining());
    }

    /** The code of a number. */
    int codeOf(int number) {
        return FIRST + numbers.numberOf(number);
    }

    /** The code of a value as Iceberg has it: a text, a 32-bit number, a day, or null. */
    public int codeOf(Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return FIRST + texts.numberOf(bytes, 0, bytes.length);
        }
        return codeOf(value instanceof LocalDate day ? Math.toIntExact(day.toEpochDay()) : (int) value);
    }

    /** The value as Spark has it inside: a text, a number, or null. */
    public Object value(int code) {
        if (code == NULL) {
            return null;
        }
        return texts.size() > 0 ? texts.text(code - FIRST) : (Object) (int) numbers.value(code - FIRST);
    }
}
