package io.retaillake.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * What one step of one contestant took in one round.
 *
 * @param scale the size of the source; 1 means 28,593,030 purchases, 0 a database of the person's own
 * @param round from 1
 * @param contestant who did it
 * @param layer bronze, silver, gold, ops or floor; {@link #WHOLE} for all steps together, by the clock on the wall
 * @param step a job's name, or what was done
 * @param seconds the step's own time, without its JVM's start
 * @param startSeconds the start and end of the step's JVM; 0 for the further steps of a process that does several
 * @param cpuSeconds user and system time of the step's process, without PostgreSQL's
 * @param peakBytes the most memory that its process held
 * @param rows the rows that it worked on
 * @param bytesWritten what its folder grew by
 * @param snapshotSeconds for how long it kept one transaction of the source open
 * @param postgresCpuSeconds user and system time of all of PostgreSQL's processes meanwhile; 0 where it is not on this machine
 * @param begunSeconds when its JVM, or the step itself in a JVM that does several, was begun, after the beginning of the
 *     round; NaN where that was not recorded
 * @param mostTasks the most tasks of a Spark stage that read rows; 0 where there was none or that was not recorded
 */
record Measurement(
        double scale,
        int round,
        Contestant contestant,
        String layer,
        String step,
        double seconds,
        double startSeconds,
        double cpuSeconds,
        long peakBytes,
        long rows,
        long bytesWritten,
        double snapshotSeconds,
        double postgresCpuSeconds,
        double begunSeconds,
        int mostTasks) {

    /** The layer of the row that is about all of a contestant's steps. */
    static final String WHOLE = "whole";

    /** The names of the fields of {@link #toCsv}. */
    static final String CSV_HEADER =
            "scale,round,contestant,layer,step,seconds,start_seconds,cpu_seconds,peak_bytes,rows,"
                    + "bytes_written,snapshot_seconds,postgres_cpu_seconds,begun_seconds,most_tasks";

    private static final int FIELDS = 15;
    private static final int LEAST_FIELDS = 13;

    boolean isWhole() {
        return layer.equals(WHOLE);
    }

    /** When the step's own work began, after the beginning of the round. */
    double workBegunSeconds() {
        return begunSeconds + startSeconds;
    }

    /** When the step's own work ended, after the beginning of the round. */
    double workEndedSeconds() {
        return workBegunSeconds() + seconds;
    }

    /** The same of another round, for measurements of several runs. */
    Measurement inRound(int other) {
        return new Measurement(
                scale,
                other,
                contestant,
                layer,
                step,
                seconds,
                startSeconds,
                cpuSeconds,
                peakBytes,
                rows,
                bytesWritten,
                snapshotSeconds,
                postgresCpuSeconds,
                begunSeconds,
                mostTasks);
    }

    /** One line; no field holds a comma. */
    String toCsv() {
        return String.format(
                Locale.ROOT,
                "%s,%d,%s,%s,%s,%.3f,%.3f,%.3f,%d,%d,%d,%.3f,%.3f,%.3f,%d",
                scale,
                round,
                contestant.option(),
                layer,
                step,
                seconds,
                startSeconds,
                cpuSeconds,
                peakBytes,
                rows,
                bytesWritten,
                snapshotSeconds,
                postgresCpuSeconds,
                begunSeconds,
                mostTasks);
    }

    /**
     * The measurement that {@link #toCsv} wrote, or an earlier version, which knew less.
     *
     * @throws IllegalArgumentException if the line is another one
     */
    static Measurement ofCsv(String line) {
        List<String> fields = List.of(line.split(",", -1));
        if (fields.size() < LEAST_FIELDS || fields.size() > FIELDS) {
            throw new IllegalArgumentException("not " + FIELDS + " fields: " + line);
        }
        return new Measurement(
                Double.parseDouble(fields.get(0)),
                Integer.parseInt(fields.get(1)),
                Contestant.ofOption(fields.get(2)),
                fields.get(3),
                fields.get(4),
                Double.parseDouble(fields.get(5)),
                Double.parseDouble(fields.get(6)),
                Double.parseDouble(fields.get(7)),
                Long.parseLong(fields.get(8)),
                Long.parseLong(fields.get(9)),
                Long.parseLong(fields.get(10)),
                Double.parseDouble(fields.get(11)),
                Double.parseDouble(fields.get(12)),
                fields.size() > LEAST_FIELDS ? Double.parseDouble(fields.get(13)) : Double.NaN,
                fields.size() == FIELDS ? Integer.parseInt(fields.get(14)) : 0);
    }
}
