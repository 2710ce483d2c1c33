package io.retaillake.jobs.gold;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.parquet.CodeGroups;
import io.retaillake.common.parquet.LongNumbers;
import java.math.BigDecimal;
import java.util.Arrays;

/** Sales by the codes of several columns. */
final class SalesGroups {

    private final CodeGroups groups;
    private final LongNumbers receipts = new LongNumbers();
    private long[] lines = new long[64];
    private long[] receiptCounts = new long[64];
    private long[] highCents = new long[64];
    private long[] lowCents = new long[64];

    /** Groups by so many columns, which may be none. */
    SalesGroups(int columns) {
        groups = new CodeGroups(columns);
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

    private void countReceipts(int[] groupsOfLines, int[] receiptCodes, int rows) {
        long last = -1;
        for (int row = 0; row < rows; row++) {
            long pair = CodeGroups.pair(groupsOfLines[row], receiptCodes[row]);
            if (pair != last) {
                last = pair;
                int known = receipts.size();
                if (receipts.numberOf(pair) == known) {
                    receiptCounts[groupsOfLines[row]]++;
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

    int code(int group, int column) {
        return groups.code(group, column);
    }

    long lines(int group) {
        return lines[group];
    }

    long receipts(int group) {
        return receiptCounts[group];
    }

    /**
     * A group's total in KRW.
     *
     * @throws ArithmeticException saying {@link Measures#BEYOND_TYPE}
     */
    BigDecimal total(int group) {
        BigDecimal cents = BigDecimal.valueOf(highCents[group])
                .multiply(BigDecimal.valueOf(1L << Integer.SIZE))
                .add(BigDecimal.valueOf(lowCents[group]));
        return Measures.requireInType(
                cents.movePointLeft(KrwAmounts.TOTAL.scale()).setScale(KrwAmounts.TOTAL.scale()));
    }
}
