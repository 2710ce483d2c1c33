package io.retaillake.jobs.gold;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import java.io.Serializable;
import java.util.List;

/**
 * How the rows of a monthly mart come from purchases.
 *
 * @param keys what it groups by within an affiliate's month: its columns that {@code silver.purchases} has
 * @param withReceipts whether it counts different receipts
 */
record MartColumns(List<String> keys, boolean withReceipts) implements Serializable {

    static final String AFFILIATE = "affiliate";

    /** The first day of the month. */
    static final String MONTH = "month";

    /** 1 for Monday to 7 for Sunday, of {@link #DATE}. */
    static final String DAY_OF_WEEK = "day_of_week";

    static final String DATE = "purchase_date";

    static MartColumns of(TableContract mart) {
        return new MartColumns(
                mart.columnNames().stream()
                        .filter(SilverTables.PURCHASES.columnNames()::contains)
                        .filter(column -> !column.equals(AFFILIATE))
                        .toList(),
                mart.columnNames().contains(Measures.RECEIPTS));
    }
}
