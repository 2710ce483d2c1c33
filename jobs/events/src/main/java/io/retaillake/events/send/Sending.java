package io.retaillake.events.send;

import io.retaillake.events.generator.EventGenerator;
import io.retaillake.events.generator.GeneratedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends generated events in batches.
 *
 * @param generator makes them
 * @param count how many
 * @param batch how many at once
 * @param pace how fast the batches follow each other
 */
public record Sending(EventGenerator generator, long count, int batch, Pace pace) {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    /**
     * Sends them all, unless a stop is requested or nothing of a batch is taken: then the target isn't there, and the next batch would fare no
     * better. A batch that was begun is finished.
     *
     * @param progress is told how far it is, about once a second
     */
    SendTotals run(EventSender sender, StopRequest stop, Consumer<String> progress) {
        SendTotals totals = new SendTotals();
        long begun = System.nanoTime();
        long nextLine = begun + BETWEEN_LINES.toNanos();
        long made = 0;
        while (made < count && !stop.isRequested()) {
            List<GeneratedEvent> events = new ArrayList<>(batch);
            while (events.size() < Math.min(batch, count - made)) {
                events.add(generator.next(Instant.now()));
            }
            made += events.size();
            long before = totals.sent();
            sender.send(events, totals);
            if (totals.sent() == before) {
                break;
            }
            if (System.nanoTime() >= nextLine) {
                nextLine = System.nanoTime() + BETWEEN_LINES.toNanos();
                progress.accept(line(made, totals, System.nanoTime() - begun));
            }
            if (made < count) {
                stop.pause(pace.pause(made, Duration.ofNanos(System.nanoTime() - begun)));
            }
        }
        return totals;
    }

    private String line(long made, SendTotals totals, long nanoseconds) {
        double seconds = nanoseconds / (double) TimeUnit.SECONDS.toNanos(1);
        double rate = made / seconds;
        return String.format(
                Locale.ROOT,
                "sent %,d of %,d, %,.0f a second, %.0f s left",
                totals.sent(),
                count,
                rate,
                (count - made) / rate);
    }
}
