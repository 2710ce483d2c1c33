package io.retaillake.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How far a running job is, as seen at one moment.
 *
 * @param step what it is doing; the start of JVM and Spark until it says
 * @param stepStartedNanos when the step's first report came
 * @param rowsAtStart the rows of that first report
 * @param nowNanos when the latest report came
 * @param rows the rows of the latest report
 * @param expected the rows that the step will have, where known
 */
record JobProgress(
        String step, long stepStartedNanos, long rowsAtStart, long nowNanos, long rows, OptionalLong expected) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SECONDS_PER_MINUTE = 60;

    static JobProgress starting(long nowNanos) {
        return new JobProgress("starting", nowNanos, 0, nowNanos, 0, OptionalLong.empty());
    }

    /** This progress after a further report; another step starts its own rate. */
    JobProgress after(JobLine.Progress report, long reportNanos) {
        boolean sameStep = report.step().equals(step);
        return new JobProgress(
                report.step(),
                sameStep ? stepStartedNanos : reportNanos,
                sameStep ? rowsAtStart : report.rows(),
                reportNanos,
                report.rows(),
                report.expected());
    }

    /** Over the step so far; absent until two reports have come. */
    OptionalDouble rowsPerSecond() {
        double seconds = (nowNanos - stepStartedNanos) / NANOS_PER_SECOND;
        long done = rows - rowsAtStart;
        return seconds <= 0 || done <= 0 ? OptionalDouble.empty() : OptionalDouble.of(done / seconds);
    }

    /** Until the step's end at the rate so far; absent without a rate or an expectation that still holds. */
    OptionalLong secondsLeft() {
        OptionalDouble rate = rowsPerSecond();
        if (rate.isEmpty() || expected.isEmpty() || rows > expected.getAsLong()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) Math.ceil((expected.getAsLong() - rows) / rate.getAsDouble()));
    }

    /** E.g. {@code extract bronze.purchase  1,200,000 of 28,593,030 rows (4%)  692,000 rows/s  40 s left}. */
    String line() {
        List<String> fields = new ArrayList<>(fields());
        secondsLeft().ifPresent(left -> fields.add(duration(left) + " left"));
        return String.join("  ", fields);
    }

    /** The step, its rows and their rate, as far as they are known. */
    List<String> fields() {
        List<String> fields = new ArrayList<>(List.of(step));
        if (expected.isPresent() && expected.getAsLong() > 0) {
            // An expectation can be an estimate, and a step is done when the job says so.
            long percent = Math.min(100, rows * 100 / expected.getAsLong());
            fields.add(String.format(Locale.ROOT, "%,d of %,d rows (%d%%)", rows, expected.getAsLong(), percent));
        } else if (rows > 0) {
            fields.add(String.format(Locale.ROOT, "%,d rows", rows));
        }
        rowsPerSecond().ifPresent(rate -> fields.add(String.format(Locale.ROOT, "%,.0f rows/s", rate)));
        return fields;
    }

    /** E.g. {@code 40 s} or {@code 3 min}. */
    static String duration(long seconds) {
        return seconds < 2 * SECONDS_PER_MINUTE
                ? seconds + " s"
                : (seconds + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE + " min";
    }
}
