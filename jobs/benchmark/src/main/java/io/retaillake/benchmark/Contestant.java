package io.retaillake.benchmark;

import java.util.Arrays;
import java.util.Optional;

/** Who is measured. */
enum Contestant {
    /** Every job of the pipeline over everything. */
    OURS("ours", "ours"),
    /** Every job again, for one month of what {@link #OURS} has filled. */
    MONTH("month", "ours, one month again"),
    OLD("old", "the old way"),
    DUCKDB("duckdb", "DuckDB"),
    FLOOR("floor", "floor");

    private final String option;
    private final String title;

    Contestant(String option, String title) {
        this.option = option;
        this.title = title;
    }

    /** What a person types. */
    String option() {
        return option;
    }

    /** What a person reads. */
    String title() {
        return title;
    }

    static Optional<Contestant> named(String option) {
        return Arrays.stream(values())
                .filter(contestant -> contestant.option.equals(option))
                .findFirst();
    }

    static Contestant ofOption(String option) {
        return named(option).orElseThrow(() -> new IllegalArgumentException("no contestant " + option));
    }
}
