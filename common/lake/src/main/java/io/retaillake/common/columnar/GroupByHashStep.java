package io.retaillake.common.columnar;

import java.util.Arrays;

/** One column's part in finding groups: what rows have in common so far, and this column's code, have a number together. */
final class GroupByHashStep {

    private static final long NONE = -1;

    private final LongDictionary pairs = new LongDictionary();

    /** The last code that came with each number so far, and what both got. Most columns depend on those before. */
    private long[] lastCodes = new long[0];

    /**
     * Replaces the rows' numbers.
     *
     * @param numbersSoFar how many there may be
     */
    void number(int[] groups, int numbersSoFar, int[] codes, int rows) {
        if (numbersSoFar > lastCodes.length) {
            int before = lastCodes.length;
            lastCodes = Arrays.copyOf(lastCodes, Math.max(numbersSoFar, 2 * before));
            Arrays.fill(lastCodes, before, lastCodes.length, NONE);
        }
        for (int row = 0; row < rows; row++) {
            int group = groups[row];
            long known = lastCodes[group];
            if (known != NONE && (int) (known >>> Integer.SIZE) == codes[row]) {
                groups[row] = (int) known;
            } else {
                int number = pairs.numberOf(GroupByHash.pair(group, codes[row]));
                lastCodes[group] = GroupByHash.pair(codes[row], number);
                groups[row] = number;
            }
        }
    }

    /** How many numbers there are. */
    int size() {
        return pairs.size();
    }

    /** The number before this step that became {@code number}. */
    int before(int number) {
        return (int) (pairs.value(number) >>> Integer.SIZE);
    }

    /** The code by which it became {@code number}. */
    int code(int number) {
        return (int) pairs.value(number);
    }
}
