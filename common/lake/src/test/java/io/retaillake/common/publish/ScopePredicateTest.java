package io.retaillake.common.publish;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.Scope;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.common.job.Window;
import io.retaillake.common.spark.SparkInternals;
import java.math.BigInteger;
import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Evaluator;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.junit.jupiter.api.Test;

class ScopePredicateTest {

    private static final ScopeColumns DATES = new ScopeColumns.Dates("day");
    private static final ScopeColumns MONTHS = new ScopeColumns.MonthStrings("month");
    private static final ScopeColumns OFFSETS = new ScopeColumns.Offsets("shard", "number");
    private static final ScopeColumns OFFSET_STRINGS = new ScopeColumns.OffsetStrings("shard", "number");
    private static final Scope WINTER = new Scope.Months(YearMonth.of(2014, 12), YearMonth.of(2015, 2));
    private static final Scope BATCH =
            positions(Map.of("a", 100L, "b", 7L, "idle", 3L), Map.of("a", 200L, "b", 9L, "idle", 3L));

    @Test
    void selectsTheLastMonthThatIsWrittenWithFourDigitsOfAYear() {
        Scope last = new Scope.Months(YearMonth.of(9999, 12), YearMonth.of(9999, 12));

        assertThat(ScopePredicate.of(last, MONTHS).sql()).isEqualTo("month >= '999912' AND month <= '999912'");
    }

    @Test
    void saysTheSameOfMonthsToSparkIcebergAndDatabases() {
        ScopePredicate days = ScopePredicate.of(WINTER, DATES);
        ScopePredicate months = ScopePredicate.of(WINTER, MONTHS);

        assertThat(days.sql()).isEqualTo("day >= DATE '2014-12-01' AND day < DATE '2015-03-01'");
        assertThat(days.spark())
                .isEqualTo(col("day")
                        .geq(Date.valueOf("2014-12-01"))
                        .and(col("day").lt(Date.valueOf("2015-03-01"))));
        assertThat(selected(
                        days,
                        Stream.of("2014-11-30", "2014-12-01", "2015-02-28", "2015-03-01")
                                .map(day -> new Object[] {LocalDate.parse(day), null})
                                .toList(),
                        "day",
                        Types.DateType.get()))
                .containsExactly("2014-12-01", "2015-02-28");
        assertThat(months.sql()).isEqualTo("month >= '201412' AND month <= '201502'");
        assertThat(selected(
                        months,
                        Stream.of("201411", "201412", "201502", "201503")
                                .map(month -> new Object[] {month, null})
                                .toList(),
                        "month",
                        Types.StringType.get()))
                .containsExactly("201412", "201502");
    }

    @Test
    void saysTheSameOfPositionsToSparkIcebergAndDatabases() {
        ScopePredicate offsets = ScopePredicate.of(BATCH, OFFSETS);

        assertThat(offsets.sql())
                .isEqualTo(
                        "(shard = 'a' AND number >= 100 AND number < 200 OR shard = 'b' AND number >= 7 AND number < 9)");
        assertThat(offsets.spark()).isEqualTo(between("a", 100, 200).or(between("b", 7, 9)));
        assertThat(selected(
                        offsets,
                        List.of(
                                new Object[] {99L, "a"},
                                new Object[] {100L, "a"},
                                new Object[] {199L, "a"},
                                new Object[] {200L, "a"},
                                new Object[] {8L, "b"},
                                new Object[] {100L, "b"},
                                new Object[] {3L, "idle"}),
                        "number",
                        Types.LongType.get()))
                .containsExactly("100", "199", "8");
    }

    @Test
    void comparesOffsetsThatNoWholeNumberHoldsByTheirSize() {
        BigInteger small = BigInteger.valueOf(999);
        BigInteger large = new BigInteger("49546986683135544286507457936321625675700192471156785154");
        PositionRange range = new PositionRange(
                new SourcePositions(new TreeMap<>(Map.of("a", BigInteger.valueOf(1000)))),
                new SourcePositions(new TreeMap<>(Map.of("a", large))));
        ScopePredicate strings = ScopePredicate.of(new Scope.Positions(range), OFFSET_STRINGS);

        assertThat(selected(
                        strings,
                        Stream.of(small, BigInteger.valueOf(1000), large.subtract(BigInteger.ONE), large)
                                .map(number -> new Object[] {ScopePredicate.padded(number), "a"})
                                .toList(),
                        "number",
                        Types.StringType.get()))
                .containsExactly(
                        ScopePredicate.padded(BigInteger.valueOf(1000)),
                        ScopePredicate.padded(large.subtract(BigInteger.ONE)));
        assertThatThrownBy(() ->
                        ScopePredicate.of(new Scope.Positions(range), OFFSETS).sql())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void isEverythingOrNothing() {
        assertThat(ScopePredicate.of(Scope.of(Window.all()), DATES).sql()).isEqualTo("1 = 1");
        ScopePredicate nothing = ScopePredicate.of(positions(Map.of("a", 5L), Map.of("a", 5L)), OFFSETS);

        assertThat(nothing.sql()).isEqualTo("1 = 0");
        assertThat(nothing.spark()).hasToString("false");
        assertThat(nothing.iceberg().op()).isEqualTo(Expression.Operation.FALSE);
    }

    private static Column between(String shard, long from, long to) {
        return col("shard")
                .equalTo(shard)
                .and(col("number").geq(from))
                .and(col("number").lt(to));
    }

    @Test
    void doesNotGrowDeepWithThousandsOfPartitions() {
        Map<String, Long> from = new TreeMap<>();
        Map<String, Long> to = new TreeMap<>();
        for (int partition = 0; partition < 20_000; partition++) {
            from.put("topic-" + partition, 0L);
            to.put("topic-" + partition, 1L);
        }
        ScopePredicate offsets = ScopePredicate.of(positions(from, to), OFFSETS);

        assertThat(SparkInternals.expression(offsets.spark()).treeString()).contains("topic-19999");
        assertThat(selected(
                        offsets,
                        List.of(new Object[] {0L, "topic-19999"}, new Object[] {1L, "topic-0"}),
                        "number",
                        Types.LongType.get()))
                .containsExactly("0");
    }

    @Test
    void keepsAPartitionsNameAText() {
        assertThat(ScopePredicate.of(positions(Map.of("it's", 1L), Map.of("it's", 2L)), OFFSETS)
                        .sql())
                .isEqualTo("shard = 'it''s' AND number >= 1 AND number < 2");
    }

    @Test
    void refusesColumnsThatSayNothingOfTheScope() {
        assertThatThrownBy(() -> ScopePredicate.of(WINTER, OFFSETS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2014-12..2015-02");
    }

    private static List<String> selected(
            ScopePredicate predicate, List<Object[]> rows, String column, org.apache.iceberg.types.Type type) {
        Schema schema = new Schema(
                Types.NestedField.optional(1, column, type),
                Types.NestedField.optional(2, "shard", Types.StringType.get()));
        Evaluator evaluator = new Evaluator(schema.asStruct(), predicate.iceberg());
        InternalRecordWrapper wrapper = new InternalRecordWrapper(schema.asStruct());
        return rows.stream()
                .map(values -> {
                    Record row = GenericRecord.create(schema);
                    row.set(0, values[0]);
                    row.set(1, values[1]);
                    return row;
                })
                .filter(row -> evaluator.eval(wrapper.wrap(row)))
                .map(row -> row.get(0).toString())
                .toList();
    }

    private static Scope positions(Map<String, Long> from, Map<String, Long> to) {
        return new Scope.Positions(new PositionRange(SourcePositions.of(from), SourcePositions.of(to)));
    }
}
