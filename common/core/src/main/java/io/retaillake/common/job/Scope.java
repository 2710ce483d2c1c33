package io.retaillake.common.job;

import java.time.YearMonth;

/** Which part of the data a job is about. {@code ScopePredicate} selects its rows. */
public sealed interface Scope {

    /** All there is. */
    record Everything() implements Scope {

        @Override
        public String toString() {
            return "all";
        }
    }

    /**
     * Business months in a row.
     *
     * @param from first month
     * @param to last month, inclusive
     */
    record Months(YearMonth from, YearMonth to) implements Scope {

        public Months {
            if (from.isAfter(to)) {
                throw new IllegalArgumentException("Not months in a row: " + from + " to " + to);
            }
        }

        @Override
        public String toString() {
            return from + ".." + to;
        }
    }

    /** The records of a source between two positions. */
    record Positions(PositionRange range) implements Scope {

        @Override
        public String toString() {
            return range.toString();
        }
    }

    /** The same as a window. */
    static Scope of(Window window) {
        return window.isAll() ? new Everything() : new Months(window.from(), window.to());
    }
}
