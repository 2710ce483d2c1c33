package io.retaillake.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * What became of the whole pipeline with one heap.
 *
 * @param scale the size of the source
 * @param heapMib the jobs' heap, as {@code -Xmx} takes it
 * @param finished whether the heap is enough
 * @param seconds from the start to the end, by the clock on the wall
 * @param cpuSeconds user and system time of the jobs' process
 * @param peakBytes the most that this process held, which is more than its heap
 * @param job the one that failed or ran at the end of the time; of a run that finished, the one that the heap slowed down most
 * @param remark what happened to that job
 */
record HeapRun(
        double scale,
        long heapMib,
        boolean finished,
        double seconds,
        double cpuSeconds,
        long peakBytes,
        String job,
        String remark) {

    /** The names of the fields of {@link #toCsv}. */
    static final String CSV_HEADER = "scale,heap_mib,finished,seconds,cpu_seconds,peak_bytes,job,remark";

    private static final int FIELDS = 8;

    HeapRun {
        remark = remark.replaceAll("\\s+", " ").replace(',', ';').strip();
    }

    /** One line; no field holds a comma. */
    String toCsv() {
        return String.format(
                Locale.ROOT,
                "%s,%d,%s,%.3f,%.3f,%d,%s,%s",
                scale,
                heapMib,
                finished,
                seconds,
                cpuSeconds,
                peakBytes,
                job,
                remark);
    }

    /**
     * The run that {@link #toCsv} wrote.
     *
     * @throws IllegalArgumentException if the line is another one
     */
    static HeapRun ofCsv(String line) {
        List<String> fields = List.of(line.split(",", -1));
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("not " + FIELDS + " fields: " + line);
        }
        return new HeapRun(
                Double.parseDouble(fields.get(0)),
                Long.parseLong(fields.get(1)),
                Boolean.parseBoolean(fields.get(2)),
                Double.parseDouble(fields.get(3)),
                Double.parseDouble(fields.get(4)),
                Long.parseLong(fields.get(5)),
                fields.get(6),
                fields.get(7));
    }
}
