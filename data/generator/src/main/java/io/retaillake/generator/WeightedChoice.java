package io.retaillake.generator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/** Draws indexes by weight in constant time (the alias method). */
final class WeightedChoice {

    private final double[] threshold;
    private final int[] alias;

    WeightedChoice(double... weights) {
        int count = weights.length;
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        threshold = new double[count];
        alias = new int[count];
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            threshold[i] = weights[i] * count / total;
            alias[i] = i;
            (threshold[i] < 1 ? small : large).add(i);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int less = small.remove();
            int more = large.peek();
            alias[less] = more;
            threshold[more] -= 1 - threshold[less];
            if (threshold[more] < 1) {
                small.add(large.remove());
            }
        }
    }

    int draw(SplittableRandom random) {
        int i = random.nextInt(alias.length);
        return random.nextDouble() < threshold[i] ? i : alias[i];
    }

    /**
     * Weights as in Zipf's law, the most popular one anywhere: {@code 1 / (rank + flattening)^exponent}. StrictMath, so that
     * every JVM draws the same.
     */
    static double[] zipf(int count, double exponent, double flattening, SplittableRandom random) {
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            int at = random.nextInt(i + 1);
            weights[i] = weights[at];
            weights[at] = 1 / StrictMath.pow(i + 1 + flattening, exponent);
        }
        return weights;
    }
}
