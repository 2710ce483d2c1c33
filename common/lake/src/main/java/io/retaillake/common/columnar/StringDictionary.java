package io.retaillake.common.columnar;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Different strings, numbered from zero on in the order of their first appearance. To look one up takes two accesses to memory that may
 * be far, where a map of objects takes five; strings of eight bytes and less, as codes are, are compared as one number.
 */
public final class StringDictionary implements Serializable {

    private static final long serialVersionUID = 1;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;
    /** In place of a string's number: it has none. */
    static final int NONE = -1;

    private static final int FREE = 0;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    private static final int INITIAL_TEXTS = 64;
    private static final int INITIAL_BYTES_PER_TEXT = 16;
    private static final int SLOTS_PER_TEXT = 4;

    /** Where the number of strings is known, there are not twice as many slots as they need for a while. */
    private static final int SLOTS_PER_EXPECTED_TEXT = 2;

    private transient byte[] texts;
    private transient int[] ends;
    private transient long[] firstWords;
    private transient int[] slots;
    private transient int size;
    private transient int last;

    /** Without strings. */
    public StringDictionary() {
        this(INITIAL_TEXTS, SLOTS_PER_TEXT * INITIAL_TEXTS);
    }

    /** Without strings yet, with room for so many, and for more: 20 to 28 bytes for each besides its own. */
    public StringDictionary(int expectedTexts) {
        this(expectedTexts, slots(SLOTS_PER_EXPECTED_TEXT, expectedTexts));
    }

    private StringDictionary(int room, int slotCount) {
        texts = new byte[Math.multiplyExact(INITIAL_BYTES_PER_TEXT, room)];
        ends = new int[room];
        firstWords = new long[room];
        slots = new int[slotCount];
    }

    /** A power of two. */
    private static int slots(int perText, int count) {
        return Math.multiplyExact(2, Integer.highestOneBit(Math.max(1, Math.multiplyExact(perText, count) - 1)));
    }

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

    /** The number of a string; {@link #NONE} where it has none. Changes nothing: any thread may ask while none adds. */
    int find(byte[] bytes, int start, int length) {
        long firstWord = word(bytes, start, length);
        int slot = firstSlot(firstWord, bytes, start, length);
        while (slots[slot] != FREE && !isText(slots[slot] - 1, firstWord, bytes, start, length)) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slots[slot] - 1;
    }

    /** Whether a string is the one with a number. */
    boolean isText(int number, byte[] bytes, int start, int length) {
        return isText(number, word(bytes, start, length), bytes, start, length);
    }

    /** The string with a number, without a copy of its bytes. */
    Binary binary(int number) {
        int start = start(number);
        return Binary.fromConstantByteArray(texts, start, ends[number] - start);
    }

    /** Puts the string with a number in Parquet's plain encoding. */
    void put(PageBuffer page, int number) {
        int start = start(number);
        page.putText(texts, start, ends[number] - start);
    }

    /** How many bytes of memory it takes, room for more included. */
    public long memoryBytes() {
        return texts.length
                + (long) Integer.BYTES * (ends.length + slots.length)
                + (long) Long.BYTES * firstWords.length;
    }

    /** Lets go of the room for more bytes. */
    public void trim() {
        texts = Arrays.copyOf(texts, size == 0 ? 0 : ends[size - 1]);
    }

    /** Gives {@code text} a number, if it has none. */
    public void add(UTF8String text) {
        byte[] bytes = text.getBytes();
        numberOf(bytes, 0, bytes.length);
    }

    /** The number here of a string that has one in {@code others}. */
    public int numberOf(StringDictionary others, int number) {
        int start = others.start(number);
        return numberOf(others.texts, start, others.ends[number] - start);
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
            texts = Arrays.copyOf(texts, (int) Math.max(Math.min(2L * texts.length, MOST_BYTES), end));
        }
        System.arraycopy(bytes, start, texts, start(size), length);
        ends[size] = end;
        firstWords[size] = firstWord;
        put(size);
        return size++;
    }

    private void grow() {
        ends = Arrays.copyOf(ends, Math.max(INITIAL_TEXTS, Math.multiplyExact(2, size)));
        firstWords = Arrays.copyOf(firstWords, ends.length);
        slots = new int[slots(SLOTS_PER_TEXT, ends.length)];
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

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeObject(Arrays.copyOf(texts, start(size)));
        out.writeObject(Arrays.copyOf(ends, size));
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        byte[] writtenTexts = (byte[]) in.readObject();
        int[] writtenEnds = (int[]) in.readObject();
        texts = new byte[Math.max(1, writtenTexts.length)];
        int room = Math.max(INITIAL_TEXTS, writtenEnds.length);
        ends = new int[room];
        firstWords = new long[room];
        slots = new int[slots(SLOTS_PER_EXPECTED_TEXT, room)];
        int start = 0;
        for (int end : writtenEnds) {
            add(word(writtenTexts, start, end - start), writtenTexts, start, end - start);
            start = end;
        }
    }
}
