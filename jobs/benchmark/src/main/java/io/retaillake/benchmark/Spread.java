package io.retaillake.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What several rounds gave: the middle, and the ends.
 *
 * @param median the middle value, or the mean of the two middle ones
 * @param least the smallest value
 * @param most the largest value
 */
record Spread(double median, double least, double most) {

    /** Of at least one value. */
    static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Of a value of each measurement; there is at least one. */
    static Spread of(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
        return of(rounds.stream().map(value::applyAsDouble).toList());
    }

    /** Of two that were not measured in pairs: their medians' ratio, and the least and the most that it can be. */
    Spread dividedBy(Spread divisor) {
        return new Spread(median / divisor.median, least / divisor.most, most / divisor.least);
    }

    /** E.g. {@code 12.3 (11.9–13.0)}; without the ends where they show no difference. */
    String text(int decimals) {
        String number = "%." + decimals + "f";
        String middle = String.format(Locale.ROOT, number, median);
        String from = String.format(Locale.ROOT, number, least);
        String to = String.format(Locale.ROOT, number, most);
        return from.equals(to) ? middle : middle + " (" + from + "–" + to + ")";
    }
}
