package io.retaillake.common.publish;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Scope;
import io.retaillake.common.job.Window;
import io.retaillake.common.publish.ScopeColumns.Dates;
import io.retaillake.common.publish.ScopeColumns.MonthStrings;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DateType;

/**
 * Which of a table's rows are in a window, as a condition for Iceberg, whose metadata alone can answer it, and for Spark. Conditions
 * are ranges, as small for a thousand years as for a month: a list of alternatives is as deep as it is long, and the parser and the
 * optimizer that get it are recursive.
 */
public final class RowsInWindow {

    private static final ScopeColumns SOURCE_MONTHS = new MonthStrings(BronzeTables.SOURCE_MONTH);

    private RowsInWindow() {}

    private static ScopePredicate predicate(Window window, ScopeColumns columns) {
        return ScopePredicate.of(Scope.of(window), columns);
    }

    /** True for the rows of {@code contract} that a job with this window reads; for all rows of a table without months. */
    public static Expression of(TableContract contract, Window window) {
        if (window.isAll()) {
            return Expressions.alwaysTrue();
        }
        if (contract.columnNames().contains(BronzeTables.SOURCE_MONTH)) {
            return Expressions.or(
                    Expressions.equal(BronzeTables.SOURCE_MONTH, BronzeTables.NO_MONTH),
                    predicate(window, SOURCE_MONTHS).iceberg());
        }
        return date(contract)
                .map(date -> isOptional(contract, date)
                        ? Expressions.or(Expressions.isNull(date), inWindow(date, window))
                        : inWindow(date, window))
                .orElse(Expressions.alwaysTrue());
    }

    /** The same for Spark, over the columns by which the table is partitioned where it has such. */
    public static Column ofRows(TableContract contract, Window window) {
        if (window.isAll()) {
            return functions.lit(true);
        }
        if (contract.columnNames().contains(BronzeTables.SOURCE_MONTH)) {
            return ofSourceMonths(window);
        }
        if (contract.columnNames().containsAll(List.of("purchase_year", "purchase_month"))) {
            return ofYearsAndMonths("purchase_year", "purchase_month", window);
        }
        return date(contract)
                .map(date -> isOptional(contract, date)
                        ? functions.col(date).isNull().or(ofDates(date, window))
                        : ofDates(date, window))
                .orElse(functions.lit(true));
    }

    /** The column that tells a row's month: the one by whose months the table is partitioned, else one of the usual name. */
    private static Optional<String> date(TableContract contract) {
        return contract.partitions().stream()
                .filter(field -> field.transform() == PartitionField.Transform.MONTH)
                .map(PartitionField::column)
                .findFirst()
                .or(() -> Stream.of("purchase_date", "month")
                        .filter(name -> column(contract, name)
                                .filter(column -> column.type() instanceof DateType)
                                .isPresent())
                        .findFirst());
    }

    private static boolean isOptional(TableContract contract, String name) {
        return column(contract, name).orElseThrow().nullable();
    }

    private static Optional<io.retaillake.common.contract.Column> column(TableContract contract, String name) {
        return contract.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst();
    }

    /** True where {@code date} is in one of the window's months, which must not be everything. */
    public static Expression inWindow(String date, Window window) {
        return predicate(window, new Dates(date)).iceberg();
    }

    /** Whether {@code dateColumn} is in the window; never for null, unless the window is everything. */
    public static Column ofDates(String dateColumn, Window window) {
        return predicate(window, new Dates(dateColumn)).spark();
    }

    /** Whether a year and a month, two columns of whole numbers, are in the window. */
    public static Column ofYearsAndMonths(String yearColumn, String monthColumn, Window window) {
        if (window.isAll()) {
            return functions.lit(true);
        }
        Column year = functions.col(yearColumn);
        Column month = functions.col(monthColumn);
        YearMonth from = window.from();
        YearMonth to = window.to();
        Column notBefore =
                year.gt(from.getYear()).or(year.equalTo(from.getYear()).and(month.geq(from.getMonthValue())));
        Column notAfter = year.lt(to.getYear()).or(year.equalTo(to.getYear()).and(month.leq(to.getMonthValue())));
        return notBefore.and(notAfter);
    }

    /** Whether {@code source_month} is one of the window's months, or none. */
    public static Column ofSourceMonths(Window window) {
        if (window.isAll()) {
            return functions.lit(true);
        }
        return functions
                .col(BronzeTables.SOURCE_MONTH)
                .equalTo(BronzeTables.NO_MONTH)
                .or(predicate(window, SOURCE_MONTHS).spark());
    }

    /** Whether a value of {@code source_month} is one of the window's months, or none. */
    public static boolean containsSourceMonth(Window window, String month) {
        return window.isAll()
                || month.equals(BronzeTables.NO_MONTH)
                || (Window.sourceMonth(window.from()).compareTo(month) <= 0
                        && Window.sourceMonth(window.to()).compareTo(month) >= 0);
    }

    /** The values of {@code source_month} that a window of some months is about: its months, and none. */
    public static List<String> sourceMonths(Window window) {
        return Stream.concat(window.sourceMonths().stream(), Stream.of(BronzeTables.NO_MONTH))
                .toList();
    }
}
