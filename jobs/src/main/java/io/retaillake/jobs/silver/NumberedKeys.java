package io.retaillake.jobs.silver;

import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Keys of one text or several, numbered from zero on in the order of their first appearance. Every purchase looks three up, and
 * here that takes two accesses to memory that may be far; in a map of objects it takes five.
 */
final class NumberedKeys {

    private static final int SEED = 42;
    private static final int FREE = 0;

    private byte[] key = new byte[64];
    private int keyLength;
    private byte[] keys = new byte[1 << 12];
    private int[] ends = new int[1 << 6];
    private int[] hashes = new int[1 << 6];
    private int[] slots = new int[1 << 8];
    private int size;
    private int last;

    int size() {
        return size;
    }

    /** The number of a key; where it is new, it gets the next one, which was {@link #size}. */
    int numberOf(UTF8String text) {
        keyLength = 0;
        append(text);
        return number();
    }

    /** The number of a key of four texts. */
    int numberOf(UTF8String first, UTF8String second, UTF8String third, UTF8String fourth) {
        keyLength = 0;
        append(first);
        append(second);
        append(third);
        append(fourth);
        return number();
    }

    /** Puts a text behind its length, so that no other texts are the same bytes. */
    private void append(UTF8String text) {
        int length = text.numBytes();
        int end = keyLength + Integer.BYTES + length;
        if (end > key.length) {
            key = Arrays.copyOf(key, Math.max(2 * key.length, end));
        }
        Platform.putInt(key, (long) Platform.BYTE_ARRAY_OFFSET + keyLength, length);
        text.writeToMemory(key, (long) Platform.BYTE_ARRAY_OFFSET + keyLength + Integer.BYTES);
        keyLength = end;
    }

    private int number() {
        // Purchases of one receipt follow each other.
        if (size > 0 && isKey(last)) {
            return last;
        }
        int hash = Murmur3_x86_32.hashUnsafeBytes(key, Platform.BYTE_ARRAY_OFFSET, keyLength, SEED);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != FREE) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && isKey(number)) {
                last = number;
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        last = add(hash);
        return last;
    }

    private boolean isKey(int number) {
        return Arrays.equals(keys, number == 0 ? 0 : ends[number - 1], ends[number], key, 0, keyLength);
    }

    private int add(int hash) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, Math.multiplyExact(2, size));
            hashes = Arrays.copyOf(hashes, ends.length);
            slots = new int[Math.multiplyExact(2, slots.length)];
            for (int number = 0; number < size; number++) {
                put(number);
            }
        }
        int start = size == 0 ? 0 : ends[size - 1];
        int end = Math.addExact(start, keyLength);
        if (end > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(Math.multiplyExact(2, keys.length), end));
        }
        System.arraycopy(key, 0, keys, start, keyLength);
        ends[size] = end;
        hashes[size] = hash;
        put(size);
        return size++;
    }

    private void put(int number) {
        int slot = hashes[number] & (slots.length - 1);
        while (slots[slot] != FREE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number + 1;
    }
}
