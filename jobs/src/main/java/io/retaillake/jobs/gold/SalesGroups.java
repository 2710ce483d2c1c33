package io.retaillake.jobs.gold;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.parquet.LongNumbers;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Stream;

/** Sales by the codes of several columns. A row's group is found column by column. */
final class SalesGroups {

    private final GroupStep[] steps;
    private final LongNumbers receipts = new LongNumbers();
    private long[] lines = new long[64];
    private long[] receiptCounts = new long[64];
    private long[] highCents = new long[64];
    private long[] lowCents = new long[64];

    /** Groups by so many columns, which may be none. */
    SalesGroups(int columns) {
        steps = Stream.generate(GroupStep::new).limit(columns).toArray(GroupStep[]::new);
    }

    /**
     * Adds purchase lines.
     *
     * @param groups room for each line's group
     * @param codes each column's codes by line
     * @param receiptCodes the lines' receipts; null where those are not to be counted
     */
    void add(int[] groups, int[][] codes, int[] receiptCodes, long[] cents, int rows) {
        Arrays.fill(groups, 0, rows, 0);
        for (int column = 0; column < steps.length; column++) {
            steps[column].number(groups, column == 0 ? 1 : steps[column - 1].size(), codes[column], rows);
        }
        ensureRoom();
        for (int row = 0; row < rows; row++) {
            int group = groups[row];
            lines[group]++;
            highCents[group] += cents[row] >> Integer.SIZE;
            lowCents[group] += cents[row] & 0xFFFF_FFFFL;
        }
        if (receiptCodes != null) {
            countReceipts(groups, receiptCodes, rows);
        }
    }

    private void countReceipts(int[] groups, int[] receiptCodes, int rows) {
        long last = -1;
        for (int row = 0; row < rows; row++) {
            long pair = GroupStep.pair(groups[row], receiptCodes[row]);
            if (pair != last) {
                last = pair;
                int known = receipts.size();
                if (receipts.numberOf(pair) == known) {
                    receiptCounts[groups[row]]++;
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

    /** How many groups there are; without columns it is one, which may be empty. */
    int size() {
        return steps.length == 0 ? 1 : steps[steps.length - 1].size();
    }

    /** A group's code in a column. */
    int code(int group, int column) {
        int number = group;
        for (int step = steps.length - 1; step > column; step--) {
            number = steps[step].before(number);
        }
        return steps[column].code(number);
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
