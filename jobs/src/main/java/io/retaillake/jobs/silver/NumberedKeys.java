package io.retaillake.jobs.silver;

import io.retaillake.common.parquet.TextNumbers;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Keys of one text or several, numbered from zero on in the order of their first appearance. */
final class NumberedKeys {

    private final TextNumbers keys = new TextNumbers();
    private byte[] key = new byte[64];
    private int length;

    int size() {
        return keys.size();
    }

    /** The number of a key; where it is new, it gets the next one, which was {@link #size}. */
    int numberOf(UTF8String text) {
        length = 0;
        append(text);
        return keys.numberOf(key, 0, length);
    }

    /** The number of a key of four texts. */
    int numberOf(UTF8String first, UTF8String second, UTF8String third, UTF8String fourth) {
        length = 0;
        append(first);
        append(second);
        append(third);
        append(fourth);
        return keys.numberOf(key, 0, length);
    }

    /** Puts a text behind its length, so that no other texts are the same bytes. */
    private void append(UTF8String text) {
        int end = length + Integer.BYTES + text.numBytes();
        if (end > key.length) {
            key = Arrays.copyOf(key, Math.max(2 * key.length, end));
        }
        Platform.putInt(key, (long) Platform.BYTE_ARRAY_OFFSET + length, text.numBytes());
        text.writeToMemory(key, (long) Platform.BYTE_ARRAY_OFFSET + length + Integer.BYTES);
        length = end;
    }
}
