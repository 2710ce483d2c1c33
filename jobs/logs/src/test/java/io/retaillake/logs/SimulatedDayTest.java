package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.macasaet.fernet.Key;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real server that does everything wrong that it can, and collectors that die at their writes, by a clock that doesn't wait. Each record that was
 * shown for long enough is stored once; each other one is said to be missing. {@code -Dfaults.seed=…} repeats a failure.
 */
class SimulatedDayTest {

    private static final Duration EVERY = Duration.ofMinutes(3);
    private static final Instant START = Instant.parse("2026-11-28T22:00:00Z");

    /** Longer than a slow answer is waited for. */
    private static final Duration SLOW = Duration.ofMillis(700);

    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final long LONG_ENOUGH_MILLIS = 120_000;
    private static final int RECORDS = 100;
    private static final int MAX_BYTES = 1 << 20;

    @TempDir
    private Path folder;

    private int killed;
    private int failedTurns;

    @Test
    void anHour() throws Exception {
        simulate(Duration.ofHours(1));
    }

    /** Longer than a day, so that records of the day before are shown again. */
    @Test
    @Tag("faults")
    void dayAndTwoHours() throws Exception {
        simulate(Duration.ofHours(26));
    }

    private void simulate(Duration time) throws Exception {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        System.out.println("simulated " + time.toHours() + " hours with -Dfaults.seed=" + seed);
        TrialClock clock = new TrialClock(START);
        clock.endAt(START.plus(time));
        Key key = Key.generateKey();
        Set<Fault> faults = EnumSet.allOf(Fault.class);
        LogFeed feed = new LogFeed(EVERY, RECORDS, seed, faults, key);
        try (LogServer server = LogServer.start(feed, faults, seed, SLOW, clock, 0)) {
            LogSource source = new HttpLogSource(URI.create(server.url() + "/logs"), TIMEOUT, MAX_BYTES, clock);
            KeyRing keys = new KeyRing(() -> List.of(key), clock);
            Random random = new Random(seed);
            boolean ended = false;
            while (!ended) {
                LogStore store = new DyingStore(new LocalLogStore(folder), random.nextInt(20));
                LogCollector collector = new LogCollector(CollectorSettings.DEFAULT, store, source, keys, clock, clock);
                ended = runUntilKilledOrEnded(
                        new CollectorService(collector, EVERY, Duration.ofSeconds(5), clock, clock));
            }
            System.out.println(server.requests() + " requests, " + killed + " collectors killed, " + failedTurns
                    + " turns failed");
        }
        check(feed.shown(START, clock.instant()), feed.period(START) * RECORDS);
    }

    private boolean runUntilKilledOrEnded(CollectorService service) {
        try {
            service.run(result -> {}, failure -> failedTurns++);
            return false;
        } catch (DyingStore.KilledException e) {
            killed++;
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private void check(Map<Long, LogFeed.Shown> shown, long firstShown) {
        LogStore store = new LocalLogStore(folder);
        LogContent content = LogContent.of(store);
        assertThat(content.problems()).isEmpty();
        // What was gone before the first answer came, nobody knows of.
        long first = content.records().keySet().stream()
                .mapToLong(Long::parseLong)
                .filter(id -> id >= firstShown)
                .min()
                .orElseThrow();
        Turn newest = new Turns(store, Turns.KEPT).newest();
        long lastChange =
                shown.values().stream().mapToLong(LogFeed.Shown::from).max().orElseThrow();
        TreeMap<Long, Long> gaps = new TreeMap<>(newest.gaps());
        Set<Long> missed = new TreeSet<>();
        Set<Long> unaccounted = new TreeSet<>();
        int longEnough = 0;
        for (long id = first; id <= newest.gapsThrough(); id++) {
            boolean stored = content.records().containsKey(String.valueOf(id));
            LogFeed.Shown time = shown.get(id);
            if (time != null && time.to() - time.from() >= LONG_ENOUGH_MILLIS && time.from() < lastChange) {
                longEnough++;
                if (stored != time.verifies()) {
                    missed.add(id);
                }
            }
            boolean rejected = time != null && !time.verifies();
            Map.Entry<Long, Long> gap = gaps.floorEntry(id);
            boolean missing = gap != null && gap.getValue() >= id;
            if (!rejected && stored == missing) {
                unaccounted.add(id);
            }
        }
        System.out.println(shown.size() + " ids were shown, " + longEnough + " for long enough; stored "
                + content.records().size() + ", rejects " + content.rejects() + ", missing " + content.missing()
                + ", turns " + newest.number());
        assertThat(missed).as("shown for long enough, but not stored").isEmpty();
        assertThat(unaccounted).as("neither stored nor missing, or both").isEmpty();
        assertThat(content.rejects().keySet()).containsExactly("NOT_VERIFIED");
        assertThat(killed).isPositive();
    }
}
