package io.retaillake.benchmark;

import static io.retaillake.benchmark.Measurement.WHOLE;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A ratio within one round, and what it is meant to be at scale 1 on two cores.
 *
 * @param title what is divided by what
 * @param mark what it must not exceed
 * @param stretch what would be better
 * @param ratio of a round's measurements; absent where one of the two was not measured
 */
record Mark(String title, double mark, double stretch, Function<List<Measurement>, OptionalDouble> ratio) {

    /** All that can be told from one round. */
    static final List<Mark> ALL = List.of(
            new Mark(
                    "all jobs ÷ the old way",
                    0.4,
                    0.25,
                    round -> divide(
                            sum(round, Contestant.OURS, WHOLE, Measurement::seconds),
                            sum(round, Contestant.OLD, WHOLE, Measurement::seconds))),
            new Mark(
                    "all jobs ÷ DuckDB",
                    1.6,
                    1.0,
                    round -> divide(
                            sum(round, Contestant.OURS, WHOLE, Measurement::seconds),
                            sum(round, Contestant.DUCKDB, WHOLE, Measurement::seconds))),
            new Mark(
                    "source snapshot held ÷ `COPY` floor",
                    2.0,
                    1.3,
                    round -> divide(
                            step(round, Contestant.OURS, "ExtractPurchases", Measurement::snapshotSeconds),
                            copy(round))),
            new Mark(
                    "silver ÷ DuckDB's silver",
                    2.0,
                    1.2,
                    round -> divide(
                            sum(round, Contestant.OURS, "silver", Measurement::seconds),
                            sum(round, Contestant.DUCKDB, "silver", Measurement::seconds))),
            new Mark(
                    "six marts ÷ `COPY` floor",
                    1.6,
                    0.7,
                    round -> divide(span(round, Contestant.OURS, "gold"), copy(round))),
            new Mark(
                    "one month's increment, without start-up ÷ the whole",
                    0.10,
                    0.06,
                    round -> divide(
                            sum(round, Contestant.MONTH, WHOLE, one -> one.seconds() - startUp(round, one)),
                            sum(round, Contestant.OURS, WHOLE, Measurement::seconds))));

    /** Growth of the whole from scale 1 to scale 2. */
    static final double TWICE_MARK = 2.05;

    /** Better growth. */
    static final double TWICE_STRETCH = 1.95;

    /** The seconds of {@code COPY} as text to nowhere. */
    private static Optional<Double> copy(List<Measurement> round) {
        return step(round, Contestant.FLOOR, FloorSteps.COPY_TEXT, Measurement::seconds);
    }

    private static Optional<Double> step(
            List<Measurement> round, Contestant contestant, String step, ToDoubleFunction<Measurement> value) {
        return round.stream()
                .filter(one -> one.contestant() == contestant && one.step().equals(step))
                .map(value::applyAsDouble)
                .findFirst();
    }

    private static Optional<Double> sum(
            List<Measurement> round, Contestant contestant, String layer, ToDoubleFunction<Measurement> value) {
        return round.stream()
                .filter(one -> one.contestant() == contestant && one.layer().equals(layer))
                .map(value::applyAsDouble)
                .reduce(Double::sum);
    }

    /** From the beginning of a layer's first step to the end of its last, which may run side by side. */
    private static Optional<Double> span(List<Measurement> round, Contestant contestant, String layer) {
        List<Measurement> steps = round.stream()
                .filter(one -> one.contestant() == contestant && one.layer().equals(layer))
                .toList();
        if (steps.stream().anyMatch(one -> Double.isNaN(one.begunSeconds()))) {
            return sum(round, contestant, layer, Measurement::seconds);
        }
        OptionalDouble begun =
                steps.stream().mapToDouble(Measurement::workBegunSeconds).min();
        OptionalDouble ended =
                steps.stream().mapToDouble(Measurement::workEndedSeconds).max();
        return begun.isEmpty() ? Optional.empty() : Optional.of(ended.getAsDouble() - begun.getAsDouble());
    }

    /** What a Spark job takes that does nothing; where that was not measured, the start and end of the JVM alone. */
    private static double startUp(List<Measurement> round, Measurement whole) {
        return step(round, Contestant.FLOOR, EmptySparkJob.STEP, one -> one.startSeconds() + one.seconds())
                .orElse(whole.startSeconds());
    }

    private static OptionalDouble divide(Optional<Double> dividend, Optional<Double> divisor) {
        return dividend.isEmpty() || divisor.isEmpty() || divisor.get() <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(dividend.get() / divisor.get());
    }
}
