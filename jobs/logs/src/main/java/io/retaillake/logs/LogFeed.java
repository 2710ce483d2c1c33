package io.retaillake.logs;

import com.macasaet.fernet.Key;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a server shows at which time: the newest so many items. With each period of the clock so many new records appear, shortly after its
 * beginning; their ids are whole numbers that follow each other. Nothing is kept: time, seed and faults say it all.
 */
final class LogFeed {

    private static final int PERIODS_PER_DAY = 480;
    private static final long LATEST_READY_MILLIS = 3000;
    private static final int READY_SHARE = 20;
    private static final int PERIODS_OF_WINDOW = 3;
    private static final int KEY_BYTES = 32;

    private final Duration every;
    private final int records;
    private final long seed;
    private final Set<Fault> faults;
    private final Key key;
    private final Key wrongKey;
    private final GeneratedRecords generated;

    /** When an id was shown first and, as far as is known, last; and whether there is a key for it. */
    record Shown(long from, long to, boolean verifies) {}

    /** A record that appears. */
    private record Appearance(long id, boolean verifies) {}

    LogFeed(Duration every, int records, long seed, Set<Fault> faults, Key key) {
        this.every = every;
        this.records = records;
        this.seed = seed;
        this.faults = Set.copyOf(faults);
        this.key = key;
        this.generated = new GeneratedRecords(seed);
        byte[] wrong = new byte[KEY_BYTES];
        GeneratedRecords.random(seed, Long.MIN_VALUE).nextBytes(wrong);
        this.wrongKey = new Key(wrong);
    }

    /** The newest period whose records have appeared at {@code now}. */
    long period(Instant now) {
        long period = Math.floorDiv(now.toEpochMilli(), every.toMillis());
        return now.isBefore(start(period)) ? period - 1 : period;
    }

    /** When the records of a period appear. */
    Instant start(long period) {
        long latest = Math.min(LATEST_READY_MILLIS, every.toMillis() / READY_SHARE);
        long ready = latest == 0 ? 0 : GeneratedRecords.random(seed, ~period).nextInt((int) latest);
        return Instant.ofEpochMilli(period * every.toMillis() + ready);
    }

    /** The answer's body in a period. */
    byte[] body(long period) {
        StringBuilder json = new StringBuilder("[");
        for (Appearance item : window(period)) {
            long itsPeriod = Math.floorDiv(item.id, records);
            Instant arrived = Instant.ofEpochMilli(itsPeriod * every.toMillis());
            String token = TokenWriter.token(
                    item.verifies ? key : wrongKey,
                    generated.text(item.id, arrived, every.toMillis()),
                    arrived,
                    GeneratedRecords.random(seed, Long.MAX_VALUE - item.id));
            json.append(json.length() == 1 ? "" : ",\n ")
                    .append("{\"recordId\": ")
                    .append(item.id)
                    .append(", \"ArrivalTimeStamp\": ")
                    .append(arrived.getEpochSecond())
                    .append(", \"data\": \"")
                    .append(token)
                    .append("\"}");
        }
        return json.append("]\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private List<Appearance> window(long period) {
        List<Appearance> newest = new ArrayList<>();
        for (long p = period - PERIODS_OF_WINDOW + 1; p <= period; p++) {
            newest.addAll(appearing(p));
        }
        return newest.subList(Math.max(0, newest.size() - records), newest.size());
    }

    /** What appears with a period: first what is older. */
    private List<Appearance> appearing(long period) {
        List<Appearance> items = new ArrayList<>();
        add(items, period - PERIODS_PER_DAY, Fate.AGAIN_NEXT_DAY);
        add(items, period - 1, Fate.AGAIN, Fate.LATE);
        add(items, period, Fate.USUAL, Fate.WRONG_KEY, Fate.AGAIN, Fate.AGAIN_NEXT_DAY);
        return items;
    }

    private void add(List<Appearance> items, long period, Fate... fates) {
        for (long id = period * records; id < (period + 1) * records; id++) {
            Fate fate = fate(id);
            if (List.of(fates).contains(fate)) {
                items.add(new Appearance(id, fate != Fate.WRONG_KEY));
            }
        }
    }

    /** What becomes of a record. */
    private enum Fate {
        USUAL,
        LATE,
        MISSING,
        WRONG_KEY,
        AGAIN,
        AGAIN_NEXT_DAY
    }

    private Fate fate(long id) {
        Random random = GeneratedRecords.random(seed + 1, id);
        return switch (random.nextInt(100)) {
            case 0, 1 -> faults.contains(Fault.LATE) ? Fate.LATE : Fate.USUAL;
            case 2 -> faults.contains(Fault.MISSING) ? Fate.MISSING : Fate.USUAL;
            case 4 -> faults.contains(Fault.WRONG_KEY) ? Fate.WRONG_KEY : Fate.USUAL;
            case 5 -> faults.contains(Fault.REPEATED) ? Fate.AGAIN : Fate.USUAL;
            case 6 -> faults.contains(Fault.REPEATED) ? Fate.AGAIN_NEXT_DAY : Fate.USUAL;
            default -> Fate.USUAL;
        };
    }

    /** id → when it was shown, from one time to another. */
    Map<Long, Shown> shown(Instant since, Instant now) {
        Map<Long, Shown> shown = new TreeMap<>();
        for (long p = period(since); p <= period(now); p++) {
            long from = Math.max(since.toEpochMilli(), start(p).toEpochMilli());
            long to = Math.min(now.toEpochMilli(), start(p + 1).toEpochMilli());
            for (Appearance item : window(p)) {
                shown.merge(
                        item.id,
                        new Shown(from, to, item.verifies),
                        (before, again) -> before.to() == again.from()
                                ? new Shown(before.from(), again.to(), item.verifies)
                                : before);
            }
        }
        return new LinkedHashMap<>(shown);
    }
}
