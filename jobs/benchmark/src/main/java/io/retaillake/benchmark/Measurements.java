package io.retaillake.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All measurements of this run so far. */
final class Measurements {

    private final ResultsFile file;
    private final ProgressLines progress;
    private final List<Measurement> all = new ArrayList<>();

    /** Each is written to {@code file} and shown as soon as it is made. */
    Measurements(ResultsFile file, ProgressLines progress) {
        this.file = file;
        this.progress = progress;
    }

    synchronized void add(Measurement measurement) {
        all.add(measurement);
        file.append(measurement.toCsv());
        progress.note(String.format(
                Locale.ROOT,
                "  %-20s %-22s %8.1f s  start %4.1f s  CPU %7.1f s  %,6d MiB  %,8.1f MB written",
                measurement.contestant().title(),
                measurement.isWhole() ? "in all" : measurement.step(),
                measurement.seconds(),
                measurement.startSeconds(),
                measurement.cpuSeconds(),
                measurement.peakBytes() >> 20,
                measurement.bytesWritten() / 1e6));
    }

    /** One contestant's steps in one round, as they were measured. */
    synchronized List<Measurement> of(double scale, int round, Contestant contestant) {
        return all.stream()
                .filter(one -> one.scale() == scale && one.round() == round && one.contestant() == contestant)
                .toList();
    }
}
