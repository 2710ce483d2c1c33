package io.retaillake.common.columnar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;

/** The strings of a page that has them one after the other, each with its length before, read without an object for each. */
final class PlainStringDecoder extends ValuesReader {

    private ByteBuffer page;
    private int start;
    private int length;

    @Override
    public void initFromPage(int valueCount, ByteBufferInputStream in) throws IOException {
        page = in.slice(in.available()).order(ByteOrder.LITTLE_ENDIAN);
        start = page.position();
        length = 0;
    }

    /** Moves to the next string, which before the first call is none. */
    @Override
    public void skip() {
        int end = start + length;
        length = page.getInt(end);
        start = end + Integer.BYTES;
    }

    /** The array that {@link #start} and {@link #length} are of. */
    byte[] bytes() {
        return page.array();
    }

    /** Where the string begins. */
    int start() {
        return page.arrayOffset() + start;
    }

    /** How many bytes it has. */
    int length() {
        return length;
    }
}
