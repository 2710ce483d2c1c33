package io.retaillake.common.columnar;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/** Different values of 64 bits, numbered from zero on in the order of their first appearance; {@link #MOST_VALUES} at most. */
public final class LongDictionary implements Serializable {

    /** The most values. They take three gigabytes. */
    public static final int MOST_VALUES = 1 << 27;

    private static final long serialVersionUID = 1;

    private static final int FREE = 0;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int INITIAL_VALUES = 64;
    private static final int SLOTS_PER_VALUE = 4;

    private transient long[] values = new long[INITIAL_VALUES];
    private transient int[] slots = new int[SLOTS_PER_VALUE * INITIAL_VALUES];
    private transient int size;

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The value with a number. */
    public long value(int number) {
        return values[number];
    }

    /**
     * The number of a value; where it is new, it gets the next one, which was {@link #size}.
     *
     * @throws IllegalStateException where there are too many
     */
    public int numberOf(long value) {
        int slot = slotOf(value);
        if (slots[slot] == FREE) {
            if (size == values.length) {
                grow();
                slot = slotOf(value);
            }
            values[size++] = value;
            slots[slot] = size;
        }
        return slots[slot] - 1;
    }

    /** The slot that has the value's number plus one, or where that belongs. */
    private int slotOf(long value) {
        int slot = (int) ((value * MIX) >>> Integer.SIZE) & (slots.length - 1);
        while (slots[slot] != FREE && values[slots[slot] - 1] != value) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void grow() {
        if (size == MOST_VALUES) {
            throw new IllegalStateException("One task can't tell more than " + MOST_VALUES
                    + " different values from each other; let it read fewer rows");
        }
        values = Arrays.copyOf(values, 2 * size);
        number();
    }

    private void number() {
        slots = new int[SLOTS_PER_VALUE * values.length];
        for (int number = 0; number < size; number++) {
            slots[slotOf(values[number])] = number + 1;
        }
    }

    /** Forgets all of them. */
    public void clear() {
        Arrays.fill(slots, FREE);
        size = 0;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.writeObject(Arrays.copyOf(values, size));
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        long[] written = (long[]) in.readObject();
        size = written.length;
        values = Arrays.copyOf(written, Math.max(INITIAL_VALUES, Integer.highestOneBit(Math.max(1, 2 * size - 1))));
        number();
    }
}
