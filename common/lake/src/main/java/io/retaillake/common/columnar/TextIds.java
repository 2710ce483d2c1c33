package io.retaillake.common.columnar;

import java.util.Arrays;

/**
 * Which id each string that a file has got has in the file's dictionary. Takes 16 to 32 bytes for each string that is there while these are
 * few, and four for each string that could be there, an array, as soon as that is less.
 */
final class TextIds {

    /** In place of an id: the string has none. */
    static final int NONE = -1;

    private static final int FREE = 0;
    private static final int MIX = 0x9E3779B9;
    private static final int INITIAL_SLOTS = 64;

    private int[] dense;
    private int[] texts = new int[INITIAL_SLOTS];
    private int[] ids = new int[INITIAL_SLOTS];
    private int size;
    private int different;

    /** Says how many different strings there are. Must be called before ids are asked for or given. */
    void expect(int differentTexts) {
        different = differentTexts;
        if (dense != null && dense.length < differentTexts) {
            growDense();
        } else if (dense == null && isArraySmallerThan(texts.length)) {
            toDense();
        }
    }

    private boolean isArraySmallerThan(int slots) {
        return different <= 2L * slots;
    }

    /** The id of a string; {@link #NONE} where it has none. */
    int get(int text) {
        if (dense != null) {
            return dense[text];
        }
        int slot = slotOf(text);
        return texts[slot] == FREE ? NONE : ids[slot];
    }

    /** Gives a string that has none an id. */
    void put(int text, int id) {
        if (dense == null && 2 * size >= texts.length) {
            growSlots();
        }
        if (dense != null) {
            dense[text] = id;
            return;
        }
        int slot = slotOf(text);
        texts[slot] = text + 1;
        ids[slot] = id;
        size++;
    }

    /** The slot that has the string, or where it belongs. */
    private int slotOf(int text) {
        int slot = (text * MIX) >>> Integer.numberOfLeadingZeros(texts.length - 1);
        while (texts[slot] != FREE && texts[slot] != text + 1) {
            slot = (slot + 1) & (texts.length - 1);
        }
        return slot;
    }

    private void growSlots() {
        int slots = Math.multiplyExact(2, texts.length);
        if (isArraySmallerThan(slots)) {
            toDense();
            return;
        }
        int[] textsBefore = texts;
        int[] idsBefore = ids;
        texts = new int[slots];
        ids = new int[slots];
        for (int i = 0; i < textsBefore.length; i++) {
            if (textsBefore[i] != FREE) {
                int slot = slotOf(textsBefore[i] - 1);
                texts[slot] = textsBefore[i];
                ids[slot] = idsBefore[i];
            }
        }
    }

    private void toDense() {
        dense = new int[different];
        Arrays.fill(dense, NONE);
        for (int i = 0; i < texts.length; i++) {
            if (texts[i] != FREE) {
                dense[texts[i] - 1] = ids[i];
            }
        }
        texts = new int[0];
        ids = texts;
    }

    private void growDense() {
        int before = dense.length;
        dense = Arrays.copyOf(dense, Math.max(different, before + before / 2));
        Arrays.fill(dense, before, dense.length, NONE);
    }

    /** Forgets all of them. */
    void clear() {
        dense = null;
        texts = new int[INITIAL_SLOTS];
        ids = new int[INITIAL_SLOTS];
        size = 0;
    }
}
