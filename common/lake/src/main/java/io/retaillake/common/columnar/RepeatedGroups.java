package io.retaillake.common.columnar;

import java.util.BitSet;

/** Finds groups that several rows are in. Takes what {@link GroupByHash} does, and two bits a group. */
public final class RepeatedGroups {

    private final GroupByHash groups;
    private final int[] groupsOfRows = new int[ColumnBatch.MOST_ROWS];
    private final BitSet seen = new BitSet();
    private final BitSet repeated = new BitSet();

    /** Groups by so many columns. */
    public RepeatedGroups(int columns) {
        groups = new GroupByHash(columns);
    }

    /** Adds rows by each column's codes; at most {@link ColumnBatch#MOST_ROWS}. */
    public void add(int[][] codes, int rows) {
        groups.find(codes, groupsOfRows, rows);
        for (int row = 0; row < rows; row++) {
            int group = groupsOfRows[row];
            if (seen.get(group)) {
                repeated.set(group);
            }
            seen.set(group);
        }
    }

    /** How many groups have several rows so far. */
    public long count() {
        return repeated.cardinality();
    }
}
