package io.retaillake.common.publish;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** Which of a table's files a window's rows are in: an Iceberg expression that its metadata alone can answer. */
public final class RowsInWindow {

    private RowsInWindow() {}

    /** True for the rows of {@code contract} that a job with this window reads; for all rows of a table without months. */
    public static Expression of(TableContract contract, Window window) {
        List<String> columns = contract.columnNames();
        if (window.isAll()) {
            return Expressions.alwaysTrue();
        }
        if (columns.contains(BronzeTables.SOURCE_MONTH)) {
            return Expressions.in(
                    BronzeTables.SOURCE_MONTH, sourceMonths(window).toArray());
        }
        if (columns.contains("purchase_date")) {
            return inWindow("purchase_date", window);
        }
        return columns.contains("month")
                ? Expressions.or(Expressions.isNull("month"), inWindow("month", window))
                : Expressions.alwaysTrue();
    }

    /** The values of {@code source_month} that a window of some months is about: its months, and none. */
    public static List<String> sourceMonths(Window window) {
        return Stream.concat(window.sourceMonths().stream(), Stream.of(BronzeTables.NO_MONTH))
                .toList();
    }

    /** True where {@code date} is in one of the window's months, which must not be everything. */
    public static Expression inWindow(String date, Window window) {
        return Expressions.and(
                Expressions.greaterThanOrEqual(
                        date, window.firstDay().orElseThrow().toString()),
                Expressions.lessThan(date, window.endDay().orElseThrow().toString()));
    }
}
