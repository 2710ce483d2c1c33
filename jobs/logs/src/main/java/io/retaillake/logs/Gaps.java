package io.retaillake.logs;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which ids the source has never shown, where its ids are whole numbers that follow each other: ranges below the highest id that was seen. At most
 * {@value #MOST} are kept open; of more, the lowest are given up, and are missing for good.
 */
final class Gaps {

    static final int MOST = 2000;

    /** Ids of which fewer than one in so many are there don't follow each other. */
    private static final long DENSITY = 20;

    private static final int LONGEST_ID = 18;

    private final TreeMap<Long, Long> open;
    private Long highest;
    private long missing;
    private long found;

    /**
     * As it was after the turn before.
     *
     * @param open first → last id of each range
     * @param highest the highest id that was seen; null if there was none
     */
    Gaps(Map<Long, Long> open, Long highest) {
        this.open = new TreeMap<>(open);
        this.highest = highest;
    }

    /** An id as a number; none if it is none, or one that is longer than numbers that are counted. */
    static OptionalLong number(String id) {
        return id.length() <= LONGEST_ID && id.matches("0|[1-9][0-9]*")
                ? OptionalLong.of(Long.parseLong(id))
                : OptionalLong.empty();
    }

    /** Whether an id is higher than all that were seen: such a one can't have been there. */
    boolean isBeyond(String id) {
        OptionalLong number = number(id);
        return highest != null && number.isPresent() && number.getAsLong() > highest;
    }

    /** Takes note of the ids that a turn has seen for the first time. */
    void see(Collection<String> ids) {
        TreeSet<Long> numbers = new TreeSet<>();
        ids.stream().map(Gaps::number).filter(OptionalLong::isPresent).forEach(id -> numbers.add(id.getAsLong()));
        if (highest != null) {
            numbers.headSet(highest, true).forEach(this::find);
        }
        TreeSet<Long> beyond = highest == null ? numbers : new TreeSet<>(numbers.tailSet(highest, false));
        if (beyond.isEmpty()) {
            return;
        }
        // Where an id is far above the one before, they don't follow each other there.
        long farthest = DENSITY * Math.max(beyond.size(), DENSITY);
        long last = highest == null ? beyond.first() - 1 : highest;
        for (long id : beyond) {
            if (id > last + 1 && id - last <= farthest) {
                open.put(last + 1, id - 1);
                missing += id - last - 1;
            }
            last = id;
        }
        highest = last;
        while (open.size() > MOST) {
            open.pollFirstEntry();
        }
    }

    private void find(long id) {
        Map.Entry<Long, Long> range = open.floorEntry(id);
        if (range == null || range.getValue() < id) {
            return;
        }
        found++;
        open.remove(range.getKey());
        if (range.getKey() < id) {
            open.put(range.getKey(), id - 1);
        }
        if (id < range.getValue()) {
            open.put(id + 1, range.getValue());
        }
    }

    /** First → last id of each range that is missing. */
    Map<Long, Long> open() {
        return open;
    }

    Long highest() {
        return highest;
    }

    /** How many ids this turn has found missing. */
    long missing() {
        return missing;
    }

    /** How many ids came in this turn that had been missing. */
    long found() {
        return found;
    }
}
