package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.StringDictionary;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Keys of one string or several, numbered from zero on in the order of their first appearance. */
final class KeyDictionary {

    /** As many bytes as a length takes that has no byte of its own. */
    private static final int LONG_LENGTH_BYTES = 1 + Integer.BYTES;

    private static final int LONGEST_SHORT_BYTES = Byte.MAX_VALUE;

    private final StringDictionary keys = new StringDictionary();
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

    /** The number of a key of four strings. */
    int numberOf(UTF8String first, UTF8String second, UTF8String third, UTF8String fourth) {
        length = 0;
        appendWithLength(first);
        appendWithLength(second);
        appendWithLength(third);
        appendWithLength(fourth);
        return keys.numberOf(key, 0, length);
    }

    /** Puts a string behind its length, so that no other strings are the same bytes. */
    private void appendWithLength(UTF8String text) {
        int bytes = text.numBytes();
        ensureRoom(LONG_LENGTH_BYTES);
        if (bytes <= LONGEST_SHORT_BYTES) {
            key[length++] = (byte) bytes;
        } else {
            key[length++] = -1;
            Platform.putInt(key, (long) Platform.BYTE_ARRAY_OFFSET + length, bytes);
            length += Integer.BYTES;
        }
        append(text);
    }

    private void append(UTF8String text) {
        ensureRoom(text.numBytes());
        text.writeToMemory(key, (long) Platform.BYTE_ARRAY_OFFSET + length);
        length += text.numBytes();
    }

    private void ensureRoom(int bytes) {
        if (key.length - length < bytes) {
            key = Arrays.copyOf(key, Math.max(2 * key.length, Math.addExact(length, bytes)));
        }
    }
}
