package io.retaillake.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A source whose purchases lie in another way than the retail group's, to find out what the jobs' time and memory grow with. */
enum Shape {
    EVEN("12 million lines, 4 affiliates × 24 months", 12_000_000, 4, 24, 19_383, 4_386, 0),
    SKEWED("12 million lines of 8 million receipts, one affiliate's month", 12_000_000, 1, 1, 19_383, 4_386, 0),
    AFFILIATES("500,000 lines, 2,000 affiliates × 24 months", 500_000, 2_000, 24, 19_383, 4_386, 0),
    MEMBERS("3 million lines, 3 million customers, 300,000 products", 3_000_000, 4, 24, 3_000_000, 300_000, 0),
    SPANNING("3 million lines, half of the receipts with lines in two months", 3_000_000, 4, 24, 19_383, 4_386, 31),
    MONTH("5 million lines, 4 affiliates, one month", 5_000_000, 4, 1, 19_383, 4_386, 0);

    private final String title;
    private final long lines;
    private final int affiliates;
    private final int months;
    private final long customers;
    private final long products;
    private final int daysBetweenLines;

    Shape(String title, long lines, int affiliates, int months, long customers, long products, int daysBetweenLines) {
        this.title = title;
        this.lines = lines;
        this.affiliates = affiliates;
        this.months = months;
        this.customers = customers;
        this.products = products;
        this.daysBetweenLines = daysBetweenLines;
    }

    /** What a person types. */
    String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a person reads. */
    String title() {
        return title;
    }

    /** The numbers that the script has names for. */
    Map<String, Long> parameters() {
        return Map.of(
                "lines",
                lines,
                "affiliates",
                (long) affiliates,
                "months",
                (long) months,
                "customers",
                customers,
                "products",
                Math.max(2, products / affiliates),
                "days_between_lines",
                (long) daysBetweenLines);
    }

    static Optional<Shape> named(String option) {
        return Arrays.stream(values())
                .filter(shape -> shape.option().equals(option))
                .findFirst();
    }
}
