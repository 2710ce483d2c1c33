package io.retaillake.jobs.gold;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.sales.MartReader;
import io.retaillake.common.sales.Sales;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * What a mart adds up to after it was written.
 *
 * @param rows number of the mart's rows in the window's months
 * @param lastMonth the last of them that has rows and is not in the future; nothing where there is none
 * @param figures what they add up to
 * @param months what the rows of all months read add up to
 * @param wholePeriod what the rows without a date, which are over the whole period, add up to
 */
record WrittenMart(
        long rows,
        Optional<YearMonth> lastMonth,
        MartControlTotals figures,
        MartControlTotals months,
        MartControlTotals wholePeriod) {

    /** Reads a snapshot of the mart, or only the window's months where it is partitioned by them. Costs a scan, without Spark. */
    static WrittenMart of(
            TableContract mart, Table table, long snapshotId, String dateColumn, Window window, YearMonth thisMonth) {
        LongAdder rows = new LongAdder();
        Map<List<Object>, Sales> inWindow =
                salesByDate(table, snapshotId, dateColumn, inWindow(dateColumn, window), rows);
        Map<List<Object>, Sales> read = mart.partitions().isEmpty()
                ? salesByDate(table, snapshotId, dateColumn, Expressions.alwaysTrue(), new LongAdder())
                : inWindow;
        return new WrittenMart(
                rows.sum(),
                inWindow.keySet().stream()
                        .map(WrittenMart::date)
                        .map(YearMonth::from)
                        .filter(month -> !month.isAfter(thisMonth))
                        .max(Comparator.naturalOrder()),
                figures(inWindow, date -> true),
                figures(read, Objects::nonNull),
                figures(read, Objects::isNull));
    }

    private static Map<List<Object>, Sales> salesByDate(
            Table table, long snapshotId, String dateColumn, Expression wanted, LongAdder rows) {
        try {
            return MartReader.read(table, snapshotId, wanted, List.of(dateColumn), MartReader.MEASURES, rows)
                    .by(List.of(dateColumn));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + table.name(), e);
        }
    }

    private static Expression inWindow(String dateColumn, Window window) {
        return window.isAll() ? Expressions.notNull(dateColumn) : RowsInWindow.inWindow(dateColumn, window);
    }

    private static LocalDate date(List<Object> key) {
        return (LocalDate) key.get(0);
    }

    private static MartControlTotals figures(Map<List<Object>, Sales> sales, Predicate<LocalDate> dates) {
        Sales total = sales.entrySet().stream()
                .filter(each -> dates.test(date(each.getKey())))
                .map(Map.Entry::getValue)
                .reduce(Sales.NONE, Sales::plus);
        return new MartControlTotals(total.purchases(), total.amount());
    }

    /** What must hold if the window of {@code silver} was aggregated: nothing lost, nothing counted twice. */
    List<Check> checks(TableContract mart, MartControlTotals silver) {
        List<Check> checks = new ArrayList<>(silver.checksOf(mart + " = " + SilverTables.PURCHASES, figures));
        if (mart.partitions().isEmpty()) {
            checks.addAll(months.checksOf(mart + ", whole period = its months", wholePeriod));
        }
        return checks;
    }
}
