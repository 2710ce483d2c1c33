package io.retaillake.logs;

import com.macasaet.fernet.Key;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how fast a turn of 100 records is on this machine, and how much smaller what it stores; judges nothing. */
@Tag("benchmark")
class SpeedTest {

    private static final int TURNS = 300;
    private static final Duration EVERY = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void turnsOf100Records() throws Exception {
        TrialClock clock = new TrialClock(Instant.parse("2026-11-29T00:00:05Z"));
        Key key = Key.generateKey();
        LogFeed feed = new LogFeed(EVERY, 100, 1, EnumSet.noneOf(Fault.class), key);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] nanos = new long[TURNS];
        long[] cpuNanos = new long[TURNS];
        long raw = 0;
        long stored = 0;
        long answers = 0;
        long plainGzip = 0;
        try (LogServer server = LogServer.start(feed, Set.of(), 1, EVERY, clock, 0)) {
            Answer[] answer = new Answer[1];
            LogSource http =
                    new HttpLogSource(URI.create(server.url() + "/logs"), Duration.ofSeconds(60), 1 << 20, clock);
            LogCollector collector = new LogCollector(
                    CollectorSettings.DEFAULT,
                    new LocalLogStore(folder),
                    (etag, lastModified) -> answer[0],
                    new KeyRing(() -> List.of(key), clock),
                    clock,
                    clock);
            GeneratedRecords records = new GeneratedRecords(1);
            for (int turn = 0; turn < TURNS; turn++) {
                // The server's work, and the network's, is not the collector's.
                answer[0] = http.ask(null, null);
                long began = System.nanoTime();
                long cpuBegan = threads.getCurrentThreadCpuTime();
                TurnResult result = collector.collect(clock.instant(), clock.instant());
                nanos[turn] = System.nanoTime() - began;
                cpuNanos[turn] = threads.getCurrentThreadCpuTime() - cpuBegan;
                raw += result.rawBytes();
                stored += result.storedBytes();
                long period = feed.period(clock.instant());
                answers += feed.body(period).length;
                plainGzip += Gzip.of(plainText(records, period)).length;
                clock.sleep(EVERY);
            }
        }
        System.out.printf(
                "100 records decrypted, encoded and written to a folder: first %.0f ms, warm median %.1f ms, 90th percentile %.1f ms,"
                        + " CPU median %.1f ms%n",
                nanos[0] / 1e6, warm(nanos, 0.5), warm(nanos, 0.9), warm(cpuNanos, 0.5));
        System.out.printf(
                "a turn: answer %d bytes, decrypted %d, stored %d; stored / decrypted %.3f, stored / answer %.3f, gzip of the decrypted %.3f%n",
                answers / TURNS,
                raw / TURNS,
                stored / TURNS,
                (double) stored / raw,
                (double) stored / answers,
                (double) plainGzip / raw);
    }

    /** A quantile of the second half, in milliseconds. */
    private static double warm(long[] nanos, double quantile) {
        long[] warm = Arrays.copyOfRange(nanos, TURNS / 2, TURNS);
        Arrays.sort(warm);
        return warm[(int) (warm.length * quantile)] / 1e6;
    }

    private static String plainText(GeneratedRecords records, long period) {
        StringBuilder text = new StringBuilder();
        for (long id = period * 100; id < (period + 1) * 100; id++) {
            text.append(records.text(id, Instant.ofEpochMilli(period * EVERY.toMillis()), EVERY.toMillis()))
                    .append('\n');
        }
        return text.toString();
    }
}
