package io.retaillake.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All measurements so far; each is in the file as soon as it is made, so that an interrupted benchmark loses none. */
final class Measurements {

    private final Path file;
    private final ProgressLines progress;
    private final List<Measurement> all = new ArrayList<>();

    /** Begins the file anew. */
    Measurements(Path file, ProgressLines progress) {
        this.file = file;
        this.progress = progress;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, Measurement.CSV_HEADER + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void add(Measurement measurement) {
        all.add(measurement);
        try {
            Files.writeString(file, measurement.toCsv() + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    synchronized List<Measurement> all() {
        return List.copyOf(all);
    }

    /** One contestant's steps in one round, as they were measured. */
    List<Measurement> of(double scale, int round, Contestant contestant) {
        return all().stream()
                .filter(one -> one.scale() == scale && one.round() == round && one.contestant() == contestant)
                .toList();
    }
}
