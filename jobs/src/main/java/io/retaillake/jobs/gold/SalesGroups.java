package io.retaillake.jobs.gold;

import io.retaillake.common.columnar.GroupByHash;
import io.retaillake.common.columnar.LongDictionary;
import java.util.Arrays;
import java.util.BitSet;

/** Sales by the codes of several columns. */
final class SalesGroups {

    private static final int NONE = 0;

    /** What decimal(18,2) can hold. */
    private static final long MOST_CENTS = 999_999_999_999_999_999L;

    private final GroupByHash groups;

    /** By receipt the first group that it was in, plus one; and pairs of the further groups and receipts. */
    private int[] firstGroups = new int[64];

    private final LongDictionary furtherGroups = new LongDictionary();

    /** Pairs of groups and receipts that are not counted here. */
    private final LongDictionary uncounted = new LongDictionary();

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
     * @param shared receipts that are not counted, but kept with their groups
     */
    void add(int[] groupsOfLines, int[][] codes, int[] receiptCodes, BitSet shared, long[] cents, int rows) {
        groups.find(codes, groupsOfLines, rows);
        ensureRoom();
        for (int row = 0; row < rows; row++) {
            int group = groupsOfLines[row];
            lines[group]++;
            highCents[group] += cents[row] >> Integer.SIZE;
            lowCents[group] += cents[row] & 0xFFFF_FFFFL;
        }
        if (receiptCodes == null) {
            return;
        }
        for (int row = 0; row < rows; row++) {
            if (shared.get(receiptCodes[row])) {
                uncounted.numberOf(GroupByHash.pair(groupsOfLines[row], receiptCodes[row]));
            } else {
                countReceipt(groupsOfLines[row], receiptCodes[row]);
            }
        }
    }

    /** Nearly every receipt is in one group, so that its lines are told from others' without a search. */
    private void countReceipt(int group, int receipt) {
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

    /**
     * Adds groups that another task has made, and counts the receipts that it has not.
     *
     * @param codes each column's codes by {@code block}'s group
     * @param receiptCodes by {@code block}'s uncounted pair, the receipt
     */
    void add(int[][] codes, int[] receiptCodes, SalesBlock block) {
        int[] groupsOfBlock = new int[block.groups()];
        groups.find(codes, groupsOfBlock, groupsOfBlock.length);
        ensureRoom();
        for (int i = 0; i < groupsOfBlock.length; i++) {
            int group = groupsOfBlock[i];
            lines[group] += block.lines(i);
            highCents[group] += block.highCents(i);
            lowCents[group] += block.lowCents(i);
            receiptCounts[group] += block.receipts(i);
        }
        for (int pair = 0; pair < receiptCodes.length; pair++) {
            countReceipt(groupsOfBlock[block.groupOfPair(pair)], receiptCodes[pair]);
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

    /** The sum of the upper halves of the amounts in hundredths of a won, each of which is the amount divided by 2^32 and rounded down. */
    long highCents(int group) {
        return highCents[group];
    }

    /** The sum of what is left of the amounts. */
    long lowCents(int group) {
        return lowCents[group];
    }

    /** The pairs of groups and receipts that are not counted. */
    LongDictionary uncounted() {
        return uncounted;
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
