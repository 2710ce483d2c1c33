package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.GroupByHash;
import io.retaillake.common.columnar.LongDictionary;
import java.util.Arrays;

/** Sales by the codes of several columns. */
final class SalesGroups {

    private static final int NONE = 0;

    /** What decimal(18,2) can hold. */
    private static final long MOST_CENTS = 999_999_999_999_999_999L;

    private final GroupByHash groups;

    /** By receipt the first group that it was in, plus one; and pairs of the further groups and receipts. */
    private int[] firstGroups = new int[64];

    private final LongDictionary furtherGroups = new LongDictionary();

    private long[] lines = new long[64];
    private long[] receiptCounts = new long[64];
    private long[] highCents = new long[64];
    private long[] lowCents = new long[64];

    /** Groups by so many columns, which may be none. */
    SalesGroups(int columns) {
        groups = new GroupByHash(columns);
    }

    /**
     * Adds purchase lines.
     *
     * @param groupsOfLines room for each line's group
     * @param codes each column's codes by line
     * @param receiptCodes the lines' receipts; null where those are not to be counted
     */
    void add(int[] groupsOfLines, int[][] codes, int[] receiptCodes, long[] cents, int rows) {
        groups.find(codes, groupsOfLines, rows);
        ensureRoom();
        for (int row = 0; row < rows; row++) {
            int group = groupsOfLines[row];
            lines[group]++;
            highCents[group] += cents[row] >> Integer.SIZE;
            lowCents[group] += cents[row] & 0xFFFF_FFFFL;
        }
        if (receiptCodes != null) {
            countReceipts(groupsOfLines, receiptCodes, rows);
        }
    }

    /** Nearly every receipt is in one group, so that its lines are told from others' without a search. */
    private void countReceipts(int[] groupsOfLines, int[] receiptCodes, int rows) {
        for (int row = 0; row < rows; row++) {
            int group = groupsOfLines[row];
            int receipt = receiptCodes[row];
            if (receipt >= firstGroups.length) {
                firstGroups = Arrays.copyOf(firstGroups, Math.max(receipt + 1, 2 * firstGroups.length));
            }
            if (firstGroups[receipt] == NONE) {
                firstGroups[receipt] = group + 1;
                receiptCounts[group]++;
            } else if (firstGroups[receipt] != group + 1) {
                int known = furtherGroups.size();
                if (furtherGroups.numberOf(GroupByHash.pair(group, receipt)) == known) {
                    receiptCounts[group]++;
                }
            }
        }
    }

    private void ensureRoom() {
        if (size() > lines.length) {
            int room = Math.max(size(), 2 * lines.length);
            lines = Arrays.copyOf(lines, room);
            receiptCounts = Arrays.copyOf(receiptCounts, room);
            highCents = Arrays.copyOf(highCents, room);
            lowCents = Arrays.copyOf(lowCents, room);
        }
    }

    int size() {
        return groups.size();
    }

    /** Puts a group's codes, column by column, into {@code codes}. */
    void codes(int group, int[] codes) {
        groups.codes(group, codes);
    }

    long lines(int group) {
        return lines[group];
    }

    long receipts(int group) {
        return receiptCounts[group];
    }

    /**
     * A group's total in hundredths of a won.
     *
     * @throws ArithmeticException saying {@link Measures#BEYOND_TYPE}
     */
    long totalCents(int group) {
        double approximate = (double) highCents[group] * (1L << Integer.SIZE) + lowCents[group];
        long exact = (highCents[group] << Integer.SIZE) + lowCents[group];
        if (Math.abs(approximate) > Long.MAX_VALUE / 2.0 || Math.abs(exact) > MOST_CENTS) {
            throw new ArithmeticException(Measures.BEYOND_TYPE);
        }
        return exact;
    }
}
