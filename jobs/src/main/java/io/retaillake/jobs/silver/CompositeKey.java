package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.EncodedKeys;
import io.retaillake.common.columnar.StringDictionary;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A key of several strings as the bytes of one, which no other strings have. One serves one thread, for key after key. */
final class CompositeKey {

    /** As many bytes as a length takes that has no byte of its own. */
    private static final int LONG_LENGTH_BYTES = 1 + Integer.BYTES;

    private static final int LONGEST_SHORT_BYTES = Byte.MAX_VALUE;
    private static final byte LONG = -1;
    private static final byte NULL = -2;

    private byte[] bytes = new byte[64];
    private int length;

    /** Takes the strings of a key, of which each may be null. */
    CompositeKey of(UTF8String first, UTF8String second, UTF8String third, UTF8String fourth) {
        length = 0;
        append(first);
        append(second);
        append(third);
        append(fourth);
        return this;
    }

    /** Its number in a dictionary; where it is new, it gets the next one. */
    int numberIn(StringDictionary keys) {
        return keys.numberOf(bytes, 0, length);
    }

    /** Its number among keys; where it is new, it gets the next one. */
    int numberIn(EncodedKeys keys) {
        return keys.numberOf(bytes, 0, length);
    }

    /** Puts a string behind its length. */
    private void append(UTF8String text) {
        ensureRoom(LONG_LENGTH_BYTES);
        if (text == null) {
            bytes[length++] = NULL;
            return;
        }
        int count = text.numBytes();
        if (count <= LONGEST_SHORT_BYTES) {
            bytes[length++] = (byte) count;
        } else {
            bytes[length++] = LONG;
            Platform.putInt(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length, count);
            length += Integer.BYTES;
        }
        ensureRoom(count);
        text.writeToMemory(bytes, (long) Platform.BYTE_ARRAY_OFFSET + length);
        length += count;
    }

    private void ensureRoom(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, count)));
        }
    }
}
