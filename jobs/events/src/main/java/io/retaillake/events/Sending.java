package io.retaillake.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Sends generated events in batches, at a rate.
 *
 * @param generator makes them
 * @param count how many
 * @param batch how many at once
 * @param eventsPerSecond the rate, at most
 */
record Sending(EventGenerator generator, long count, int batch, double eventsPerSecond) {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    /**
     * Sends them all.
     *
     * @param send takes a batch
     * @param progress is told how far it is, about once a second
     * @return when each event was made, in order
     */
    List<Instant> run(Consumer<List<byte[]>> send, Consumer<String> progress) {
        List<Instant> made = new ArrayList<>();
        long begun = System.nanoTime();
        long nextLine = begun + BETWEEN_LINES.toNanos();
        while (made.size() < count) {
            List<byte[]> payloads = new ArrayList<>(batch);
            while (payloads.size() < batch && made.size() < count) {
                Instant now = Instant.now();
                payloads.add(generator.next(now));
                made.add(now);
            }
            send.accept(payloads);
            long due = begun + (long) (made.size() / eventsPerSecond * TimeUnit.SECONDS.toNanos(1));
            while (System.nanoTime() < due && made.size() < count) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (System.nanoTime() >= nextLine) {
                nextLine = System.nanoTime() + BETWEEN_LINES.toNanos();
                progress.accept(line(made.size(), System.nanoTime() - begun));
            }
        }
        return made;
    }

    private String line(long sent, long nanos) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        double rate = sent / seconds;
        return String.format(
                Locale.ROOT, "sent %,d of %,d, %,.0f a second, %.0f s left", sent, count, rate, (count - sent) / rate);
    }
}
