package io.retaillake.common.columnar;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Different strings, numbered from zero on in the order of their first appearance. To look one up takes two accesses to memory that may
 * be far, where a map of objects takes five; strings of eight bytes and less, as codes are, are compared as one number.
 */
public final class StringDictionary implements Serializable {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int FREE = 0;
    private static final int INITIAL_TEXTS = 64;
    private static final int SLOTS_PER_TEXT = 4;

    private byte[] texts = new byte[16 * INITIAL_TEXTS];
    private int[] ends = new int[INITIAL_TEXTS];
    private long[] firstWords = new long[INITIAL_TEXTS];
    private int[] slots = new int[SLOTS_PER_TEXT * INITIAL_TEXTS];
    private int size;
    private int last;

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The string with a number. */
    public UTF8String text(int number) {
        int start = start(number);
        return UTF8String.fromBytes(texts, start, ends[number] - start);
    }

    /** The number of a string; where it is new, it gets the next one, which was {@link #size}. */
    public int numberOf(byte[] bytes, int start, int length) {
        long firstWord = word(bytes, start, length);
        // Lines of one receipt follow each other.
        if (size > 0 && isText(last, firstWord, bytes, start, length)) {
            return last;
        }
        int slot = firstSlot(firstWord, bytes, start, length);
        while (slots[slot] != FREE) {
            int number = slots[slot] - 1;
            if (isText(number, firstWord, bytes, start, length)) {
                last = number;
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        last = add(firstWord, bytes, start, length);
        return last;
    }

    /** Gives {@code text} a number, if it has none. */
    public void add(UTF8String text) {
        byte[] bytes = text.getBytes();
        numberOf(bytes, 0, bytes.length);
    }

    /** Gives a number to each of the {@code others} that has none. */
    public void addAll(StringDictionary others) {
        for (int number = 0; number < others.size; number++) {
            int start = others.start(number);
            numberOf(others.texts, start, others.ends[number] - start);
        }
    }

    private int start(int number) {
        return number == 0 ? 0 : ends[number - 1];
    }

    private boolean isText(int number, long firstWord, byte[] bytes, int start, int length) {
        return firstWords[number] == firstWord
                && ends[number] - start(number) == length
                && (length <= Long.BYTES
                        || Arrays.equals(texts, start(number), ends[number], bytes, start, start + length));
    }

    /** The next bytes as a number, at most eight; those that {@code length} does not include are zero. */
    private static long word(byte[] bytes, int start, int length) {
        if (length >= Long.BYTES) {
            return (long) WORD.get(bytes, start);
        }
        if (start + Long.BYTES <= bytes.length) {
            return (long) WORD.get(bytes, start) & ((1L << (Byte.SIZE * length)) - 1);
        }
        long word = 0;
        for (int i = 0; i < length; i++) {
            word |= (bytes[start + i] & 0xFFL) << (Byte.SIZE * i);
        }
        return word;
    }

    private int firstSlot(long firstWord, byte[] bytes, int start, int length) {
        long hash = (firstWord + length) * MIX;
        for (int i = Long.BYTES; i < length; i += Long.BYTES) {
            hash = ((hash ^ (hash >>> Integer.SIZE)) + word(bytes, start + i, length - i)) * MIX;
        }
        return (int) (hash >>> Integer.SIZE) & (slots.length - 1);
    }

    private int add(long firstWord, byte[] bytes, int start, int length) {
        if (size == ends.length) {
            grow();
        }
        int end = Math.addExact(start(size), length);
        if (end > texts.length) {
            texts = Arrays.copyOf(texts, Math.max(Math.multiplyExact(2, texts.length), end));
        }
        System.arraycopy(bytes, start, texts, start(size), length);
        ends[size] = end;
        firstWords[size] = firstWord;
        put(size);
        return size++;
    }

    private void grow() {
        ends = Arrays.copyOf(ends, Math.multiplyExact(2, size));
        firstWords = Arrays.copyOf(firstWords, ends.length);
        slots = new int[Math.multiplyExact(SLOTS_PER_TEXT, ends.length)];
        for (int number = 0; number < size; number++) {
            put(number);
        }
    }

    private void put(int number) {
        int slot = firstSlot(firstWords[number], texts, start(number), ends[number] - start(number));
        while (slots[slot] != FREE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number + 1;
    }
}
