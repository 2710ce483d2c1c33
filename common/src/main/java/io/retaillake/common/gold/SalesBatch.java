package io.retaillake.common.gold;

/** Room for some rows of a mart, column by column. */
final class SalesBatch {

    /** The most rows. */
    static final int MOST_ROWS = 8192;

    /** By column and row, the codes of the values that sales are grouped by. */
    final int[][] codes;

    /** {@code total_purchase_amount}, in hundredths of a won. */
    final long[] cents = new long[MOST_ROWS];

    /** {@code count_of_purchase}. */
    final long[] purchases = new long[MOST_ROWS];

    SalesBatch(int columns) {
        codes = new int[columns][MOST_ROWS];
    }
}
