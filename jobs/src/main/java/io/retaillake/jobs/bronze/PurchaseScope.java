package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.job.Window;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.RowsInWindow;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.spark.sql.Column;

/**
 * Which source months of purchases a run (re)extracts: all of them, or the window's, always with the rows that belong to no
 * month, so that a row whose date was repaired is not there twice.
 *
 * @param window the months
 */
record PurchaseScope(Window window) implements Predicate<String> {

    static PurchaseScope of(Window window) {
        return new PurchaseScope(window);
    }

    boolean isAll() {
        return window.isAll();
    }

    /** The months, {@code none} among them; only of a window. */
    SortedSet<String> months() {
        return new TreeSet<>(RowsInWindow.sourceMonths(window));
    }

    @Override
    public boolean test(String month) {
        return RowsInWindow.containsSourceMonth(window, month);
    }

    /** True for bronze's rows in this scope. */
    Column condition() {
        return RowsInWindow.ofSourceMonths(window);
    }

    /** The same in Iceberg's terms. */
    Expression rowFilter() {
        return RowsInWindow.of(BronzeTables.PURCHASE, window);
    }

    /** Replaces this scope's rows in bronze. */
    OverwriteFilter replacement() {
        return OverwriteFilter.ofSourceMonths(window);
    }

    /**
     * A condition in the source's SQL for the rows in this scope: whatever does not begin with one of the other months that
     * the snapshot holds, byte by byte: a collation may hold other digits for the same.
     *
     * @param monthsInSnapshot every source month in the snapshot
     */
    String sourceCondition(Collection<String> monthsInSnapshot) {
        String others = monthsInSnapshot.stream()
                .filter(month -> !test(month))
                .map(month -> "'" + month + "'")
                .collect(Collectors.joining(", "));
        return others.isEmpty()
                ? CtidRanges.EVERYTHING
                : "(purchase_date IS NULL OR left(purchase_date COLLATE \"C\", " + SourceMonth.LENGTH + ") NOT IN ("
                        + others + "))";
    }

    @Override
    public String toString() {
        return isAll() ? "all months" : window + " and the rows of no month";
    }
}
