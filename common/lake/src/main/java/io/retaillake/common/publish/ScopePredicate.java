package io.retaillake.common.publish;

import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.Scope;
import io.retaillake.common.job.Window;
import io.retaillake.common.publish.ScopeColumns.Dates;
import io.retaillake.common.publish.ScopeColumns.MonthStrings;
import io.retaillake.common.publish.ScopeColumns.OffsetStrings;
import io.retaillake.common.publish.ScopeColumns.Offsets;
import java.math.BigInteger;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * True for a table's rows in a scope, in the words of Spark, Iceberg and SQL, which all select the same rows. Months in a row
 * are one comparison with either end, however many they are; partitions are combined as a balanced tree, which thousands of
 * them don't make deep.
 */
public final class ScopePredicate {

    /** The scope is any of these, each of which is all of its comparisons. */
    private final List<List<Comparison>> alternatives;

    private enum Operator {
        EQUAL("="),
        FROM(">="),
        BELOW("<"),
        UP_TO("<=");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }
    }

    /** A value is a String, Long or LocalDate. */
    private record Comparison(String column, Operator operator, Object value) {}

    private ScopePredicate(List<List<Comparison>> alternatives) {
        this.alternatives = alternatives;
    }

    /**
     * Over a table's columns.
     *
     * @throws IllegalArgumentException where the columns say nothing of such a scope
     */
    public static ScopePredicate of(Scope scope, ScopeColumns columns) {
        if (scope instanceof Scope.Everything) {
            return new ScopePredicate(List.of(List.of()));
        }
        if (scope instanceof Scope.Months months && columns instanceof Dates dates) {
            return between(
                    dates.date(),
                    months.from().atDay(1),
                    months.to().plusMonths(1).atDay(1));
        }
        if (scope instanceof Scope.Months months && columns instanceof MonthStrings strings) {
            // The month after December 9999 has a digit more, and so another place in the strings' order.
            return new ScopePredicate(List.of(List.of(
                    new Comparison(strings.month(), Operator.FROM, Window.sourceMonth(months.from())),
                    new Comparison(strings.month(), Operator.UP_TO, Window.sourceMonth(months.to())))));
        }
        if (scope instanceof Scope.Positions positions && columns instanceof Offsets offsets) {
            return between(offsets.partition(), offsets.offset(), positions.range(), BigInteger::longValueExact);
        }
        if (scope instanceof Scope.Positions positions && columns instanceof OffsetStrings strings) {
            return between(strings.partition(), strings.offset(), positions.range(), ScopePredicate::padded);
        }
        throw new IllegalArgumentException("No rows of " + scope + " can be told by " + columns);
    }

    private static ScopePredicate between(String column, Object from, Object end) {
        return new ScopePredicate(List.of(
                List.of(new Comparison(column, Operator.FROM, from), new Comparison(column, Operator.BELOW, end))));
    }

    private static ScopePredicate between(
            String partitionColumn, String column, PositionRange range, Function<BigInteger, Object> value) {
        List<List<Comparison>> partitions = new ArrayList<>();
        range.from().offsets().forEach((partition, begin) -> {
            BigInteger end = range.to().offsets().get(partition);
            if (begin.compareTo(end) < 0) {
                partitions.add(List.of(
                        new Comparison(partitionColumn, Operator.EQUAL, partition),
                        new Comparison(column, Operator.FROM, value.apply(begin)),
                        new Comparison(column, Operator.BELOW, value.apply(end))));
            }
        });
        return new ScopePredicate(partitions);
    }

    /** An offset as a column of {@link OffsetStrings} holds it. */
    public static String padded(BigInteger offset) {
        String digits = offset.toString();
        if (digits.length() > OffsetStrings.DIGITS) {
            throw new IllegalArgumentException(
                    "The offset " + offset + " has more than " + OffsetStrings.DIGITS + " digits");
        }
        return "0".repeat(OffsetStrings.DIGITS - digits.length()) + digits;
    }

    /** For Spark. */
    public Column spark() {
        return combine(functions.lit(true), functions.lit(false), ScopePredicate::spark, Column::and, Column::or);
    }

    /** For Iceberg. */
    public Expression iceberg() {
        return combine(
                Expressions.alwaysTrue(),
                Expressions.alwaysFalse(),
                ScopePredicate::iceberg,
                Expressions::and,
                Expressions::or);
    }

    /** For a WHERE clause of standard SQL. */
    public String sql() {
        return combine(
                "1 = 1",
                "1 = 0",
                ScopePredicate::sql,
                (one, other) -> one + " AND " + other,
                (one, other) -> "(" + one + " OR " + other + ")");
    }

    private <T> T combine(
            T all, T none, Function<Comparison, T> comparison, BinaryOperator<T> and, BinaryOperator<T> or) {
        List<T> terms = alternatives.stream()
                .map(comparisons ->
                        comparisons.stream().map(comparison).reduce(and).orElse(all))
                .toList();
        return terms.isEmpty() ? none : balanced(terms, or);
    }

    private static <T> T balanced(List<T> terms, BinaryOperator<T> or) {
        int size = terms.size();
        return size == 1
                ? terms.get(0)
                : or.apply(balanced(terms.subList(0, size / 2), or), balanced(terms.subList(size / 2, size), or));
    }

    private static Column spark(Comparison comparison) {
        Column column = functions.col(comparison.column());
        Object value = comparison.value() instanceof LocalDate day ? Date.valueOf(day) : comparison.value();
        return switch (comparison.operator()) {
            case EQUAL -> column.equalTo(value);
            case FROM -> column.geq(value);
            case BELOW -> column.lt(value);
            case UP_TO -> column.leq(value);
        };
    }

    private static Expression iceberg(Comparison comparison) {
        Object value = comparison.value() instanceof LocalDate day ? day.toString() : comparison.value();
        return switch (comparison.operator()) {
            case EQUAL -> Expressions.equal(comparison.column(), value);
            case FROM -> Expressions.greaterThanOrEqual(comparison.column(), value);
            case BELOW -> Expressions.lessThan(comparison.column(), value);
            case UP_TO -> Expressions.lessThanOrEqual(comparison.column(), value);
        };
    }

    private static String sql(Comparison comparison) {
        Object value = comparison.value();
        String literal = value instanceof Long
                ? value.toString()
                : (value instanceof LocalDate ? "DATE " : "") + "'"
                        + value.toString().replace("'", "''") + "'";
        return comparison.column() + " " + comparison.operator().sql + " " + literal;
    }
}
