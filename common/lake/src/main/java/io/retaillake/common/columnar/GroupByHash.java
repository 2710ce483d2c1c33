package io.retaillake.common.columnar;

import java.util.Arrays;
import java.util.stream.Stream;

/** Groups of rows with the same codes in several columns, numbered from zero on. A row's group is found column by column. */
public final class GroupByHash {

    private final GroupByHashStep[] steps;

    /** Groups by so many columns, which may be none. */
    public GroupByHash(int columns) {
        steps = Stream.generate(GroupByHashStep::new).limit(columns).toArray(GroupByHashStep[]::new);
    }

    /**
     * Finds the groups of rows.
     *
     * @param codes each column's codes by row
     * @param groups where each row's group is put
     */
    public void find(int[][] codes, int[] groups, int rowCount) {
        Arrays.fill(groups, 0, rowCount, 0);
        for (int column = 0; column < steps.length; column++) {
            steps[column].number(groups, column == 0 ? 1 : steps[column - 1].size(), codes[column], rowCount);
        }
    }

    /** How many groups there are; without columns it is one, which may be empty. */
    public int size() {
        return steps.length == 0 ? 1 : steps[steps.length - 1].size();
    }

    /** Puts a group's codes, column by column, into {@code codes}. */
    public void codes(int group, int[] codes) {
        int number = group;
        for (int column = steps.length - 1; column >= 0; column--) {
            codes[column] = steps[column].code(number);
            number = steps[column].before(number);
        }
    }

    /** Two numbers that aren't negative, as one. */
    public static long pair(int first, int second) {
        return ((long) first << Integer.SIZE) | second;
    }

    /** The first number of a pair. */
    public static int first(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    /** The second number of a pair. */
    public static int second(long pair) {
        return (int) pair;
    }
}
