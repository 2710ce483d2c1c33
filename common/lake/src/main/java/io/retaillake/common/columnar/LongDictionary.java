package io.retaillake.common.columnar;

import java.util.Arrays;

/** Different values of 64 bits, numbered from zero on in the order of their first appearance. */
public final class LongDictionary {

    private static final int FREE = 0;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int INITIAL_VALUES = 64;
    private static final int SLOTS_PER_VALUE = 4;

    private long[] values = new long[INITIAL_VALUES];
    private int[] slots = new int[SLOTS_PER_VALUE * INITIAL_VALUES];
    private int size;

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The value with a number. */
    public long value(int number) {
        return values[number];
    }

    /** The number of a value; where it is new, it gets the next one, which was {@link #size}. */
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
        values = Arrays.copyOf(values, Math.multiplyExact(2, size));
        slots = new int[Math.multiplyExact(SLOTS_PER_VALUE, values.length)];
        for (int number = 0; number < size; number++) {
            slots[slotOf(values[number])] = number + 1;
        }
    }

    /** Forgets all of them. */
    public void clear() {
        Arrays.fill(slots, FREE);
        size = 0;
    }
}
