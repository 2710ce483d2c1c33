package io.retaillake.common.parquet;

import java.nio.ByteBuffer;
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
        return codeOf(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /** The code of a text, given by its UTF-8 bytes. */
    int codeOf(byte[] bytes, int start, int length) {
        return FIRST + texts.numberOf(bytes, start, length);
    }

    /** The code of a number. */
    int codeOf(int number) {
        return FIRST + numbers.numberOf(number);
    }

    /** The value as Spark has it inside: a text, a number, or null. */
    public Object value(int code) {
        if (code == NULL) {
            return null;
        }
        return texts.size() > 0 ? texts.text(code - FIRST) : (Object) (int) numbers.value(code - FIRST);
    }
}
