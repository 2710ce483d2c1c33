package io.retaillake.generator;

import java.util.List;
import java.util.SplittableRandom;

/** The rows of the customer table. */
final class Customers {

    private static final String[] AGE_GROUPS = {
        "19세이하", "20세~24세", "25세~29세", "30세~34세", "35세~39세", "40세~44세", "45세~49세", "50세~54세", "55세~59세", "60세이상"
    };
    private static final WeightedChoice AGE = new WeightedChoice(1, 5, 8, 12, 16, 17, 15, 11, 7, 8);

    /** Areas that the zipcode table does not have. */
    private static final String[] UNKNOWN_AREAS = {"007", "107", "269", "299", "436", "599", "699"};

    private Customers() {}

    /** The n-th customer's number, from 0. */
    static String id(int customer) {
        return Integer.toString(100_000 + customer + 1).substring(1);
    }

    static void write(long seed, CopyText out) {
        SplittableRandom random = Seeds.random(seed, Seeds.CUSTOMERS, 0);
        List<String> areas = Zipcodes.shortZipcodes();
        double[] weights = new double[areas.size()];
        for (int i = 0; i < weights.length; i++) {
            // Half of the country's people live in the capital area, whose codes are below 232.
            double people = areas.get(i).compareTo("232") < 0 ? 3 : 1;
            weights[i] = people * (0.3 + random.nextDouble());
        }
        WeightedChoice area = new WeightedChoice(weights);
        for (int customer = 0; customer < GeneratorOptions.CUSTOMERS; customer++) {
            out.text(id(customer))
                    .text(random.nextInt(100) < 68 ? "F" : "M")
                    .text(AGE_GROUPS[AGE.draw(random)])
                    .text(residence(random, areas.get(area.draw(random))))
                    .endRow();
        }
    }

    private static String residence(SplittableRandom random, String known) {
        int percent = random.nextInt(100);
        if (percent < 3) {
            return null;
        }
        return percent < 5 ? UNKNOWN_AREAS[random.nextInt(UNKNOWN_AREAS.length)] : known;
    }
}
