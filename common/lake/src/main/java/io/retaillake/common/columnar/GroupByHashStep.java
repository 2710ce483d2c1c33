package io.retaillake.common.columnar;

import java.util.Arrays;

/**
 * One column's part in finding groups: what rows have in common so far, and this column's code, have a number together. As long as each
 * number so far came with one code, it stays what it is, and only its code is kept: most columns depend on those before.
 */
final class GroupByHashStep {

    private static final int NO_CODE = -1;

    /** By number so far, the last code that came with it, and what both got. */
    private int[] lastCodes = new int[0];

    private int[] lastNumbers = new int[0];

    /** What got numbers; null while those so far are the same ones. */
    private LongDictionary pairs;

    private int size;

    /**
     * Replaces the rows' numbers.
     *
     * @param numbersSoFar how many there may be
     */
    void number(int[] groups, int numbersSoFar, int[] codes, int rows) {
        ensureRoom(numbersSoFar);
        int row = pairs == null ? keepNumbers(groups, codes, rows) : 0;
        for (; row < rows; row++) {
            int group = groups[row];
            if (lastCodes[group] != codes[row]) {
                lastCodes[group] = codes[row];
                lastNumbers[group] = pairs.numberOf(GroupByHash.pair(group, codes[row]));
            }
            groups[row] = lastNumbers[group];
        }
    }

    private void ensureRoom(int numbersSoFar) {
        if (numbersSoFar > lastCodes.length) {
            int before = lastCodes.length;
            lastCodes = Arrays.copyOf(lastCodes, Math.max(numbersSoFar, 2 * before));
            Arrays.fill(lastCodes, before, lastCodes.length, NO_CODE);
        }
        if (pairs != null && lastNumbers.length < lastCodes.length) {
            lastNumbers = Arrays.copyOf(lastNumbers, lastCodes.length);
        }
    }

    /** Numbers appear in ascending order, so each new one is the one that the pair would get. Returns the row whose number can't stay. */
    private int keepNumbers(int[] groups, int[] codes, int rows) {
        for (int row = 0; row < rows; row++) {
            int group = groups[row];
            if (group == size) {
                lastCodes[group] = codes[row];
                size++;
            } else if (lastCodes[group] != codes[row]) {
                numberPairs();
                return row;
            }
        }
        return rows;
    }

    private void numberPairs() {
        pairs = new LongDictionary();
        lastNumbers = new int[lastCodes.length];
        for (int number = 0; number < size; number++) {
            lastNumbers[number] = pairs.numberOf(GroupByHash.pair(number, lastCodes[number]));
        }
    }

    /** How many numbers there are. */
    int size() {
        return pairs == null ? size : pairs.size();
    }

    /** The number before this step that became {@code number}. */
    int before(int number) {
        return pairs == null ? number : GroupByHash.first(pairs.value(number));
    }

    /** The code by which it became {@code number}. */
    int code(int number) {
        return pairs == null ? lastCodes[number] : GroupByHash.second(pairs.value(number));
    }
}
