package io.retaillake.jobs.bronze;

import io.retaillake.common.job.Window;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.publish.RowsInWindow;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Which source months of purchases a run (re)extracts: all of them, or the window's, always with the rows that belong to no
 * month, so that a row whose date was repaired is not there twice.
 *
 * @param months the months, {@code none} among them; null for all
 */
record PurchaseScope(SortedSet<String> months) implements Predicate<String> {

    static PurchaseScope of(Window window) {
        if (window.isAll()) {
            return new PurchaseScope(null);
        }
        return new PurchaseScope(new TreeSet<>(RowsInWindow.sourceMonths(window)));
    }

    boolean isAll() {
        return months == null;
    }

    @Override
    public boolean test(String month) {
        return isAll() || months.contains(month);
    }

    /** True for bronze's rows in this scope. */
    Column condition() {
        return isAll() ? functions.lit(true) : functions.col(SourceMonth.COLUMN).isin(months.toArray());
    }

    /** The same in Iceberg's terms. */
    Expression rowFilter() {
        return isAll() ? Expressions.alwaysTrue() : Expressions.in(SourceMonth.COLUMN, months.toArray());
    }

    /** Replaces this scope's rows in bronze. */
    Replacement replacement() {
        return isAll() ? Replacement.everything() : Replacement.ofValues(SourceMonth.COLUMN, List.copyOf(months));
    }

    /**
     * A condition in the source's SQL for the rows in this scope: whatever does not begin with one of the other months that
     * the snapshot holds.
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
                : "(purchase_date IS NULL OR left(purchase_date, " + SourceMonth.LENGTH + ") NOT IN (" + others + "))";
    }

    @Override
    public String toString() {
        return isAll() ? "all months" : String.join(", ", months);
    }
}
