package io.retaillake.common.parquet;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Different texts, numbered from zero on in the order of their first appearance. To look one up takes two accesses to memory that may
 * be far, where a map of objects takes five.
 */
public final class TextNumbers implements Serializable {

    private static final int SEED = 42;
    private static final int FREE = 0;
    private static final int INITIAL_TEXTS = 64;
    private static final int SLOTS_PER_TEXT = 4;

    private byte[] texts = new byte[16 * INITIAL_TEXTS];
    private int[] ends = new int[INITIAL_TEXTS];
    private int[] hashes = new int[INITIAL_TEXTS];
    private int[] slots = new int[SLOTS_PER_TEXT * INITIAL_TEXTS];
    private int size;
    private int last;

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The text with a number. */
    public UTF8String text(int number) {
        int start = start(number);
        return UTF8String.fromBytes(texts, start, ends[number] - start);
    }

    /** The number of a text; where it is new, it gets the next one, which was {@link #size}. */
    public int numberOf(byte[] bytes, int start, int length) {
        // Lines of one receipt follow each other.
        if (size > 0 && isText(last, bytes, start, length)) {
            return last;
        }
        int hash = Murmur3_x86_32.hashUnsafeBytes(bytes, (long) Platform.BYTE_ARRAY_OFFSET + start, length, SEED);
        int slot = hash & (slots.length - 1);
        while (slots[slot] != FREE) {
            int number = slots[slot] - 1;
            if (hashes[number] == hash && isText(number, bytes, start, length)) {
                last = number;
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        last = add(bytes, start, length, hash);
        return last;
    }

    /** Gives {@code text} a number, if it has none. */
    public void add(UTF8String text) {
        byte[] bytes = text.getBytes();
        numberOf(bytes, 0, bytes.length);
    }

    /** Gives a number to each of the {@code others} that has none. */
    public void addAll(TextNumbers others) {
        for (int number = 0; number < others.size; number++) {
            int start = others.start(number);
            numberOf(others.texts, start, others.ends[number] - start);
        }
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private boolean isText(int number, byte[] bytes, int start, int length) {
        return Arrays.equals(texts, start(number), ends[number], bytes, start, start + length);
    }

    private int add(byte[] bytes, int start, int length, int hash) {
        if (size == ends.length) {
            grow();
        }
        int end = Math.addExact(start(size), length);
        if (end > texts.length) {
            texts = Arrays.copyOf(texts, Math.max(Math.multiplyExact(2, texts.length), end));
        }
        System.arraycopy(bytes, start, texts, start(size), length);
        ends[size] = end;
        hashes[size] = hash;
        put(size);
        return size++;
    }

    private void grow() {
        ends = Arrays.copyOf(ends, Math.multiplyExact(2, size));
        hashes = Arrays.copyOf(hashes, ends.length);
        slots = new int[Math.multiplyExact(SLOTS_PER_TEXT, ends.length)];
        for (int number = 0; number < size; number++) {
            put(number);
        }
    }

    private void put(int number) {
        int slot = hashes[number] & (slots.length - 1);
        while (slots[slot] != FREE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number + 1;
    }
}
