package io.retaillake.logs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which ids the source has never shown, where its ids are whole numbers that follow each other. The ids of records whose tokens were verified say how
 * far the log is, and of them only those near the median of what an answer shows: an id is not within its token, so a damaged one may be any number.
 * At most {@value #MOST} ranges are kept open; of more, the lowest are given up, and are missing for good.
 */
final class Gaps {

    static final int MOST = 2000;

    /** Ids of which fewer than one in so many are there don't follow each other. */
    private static final long DENSITY = 20;

    private static final int LONGEST_ID = 18;

    private final TreeMap<Long, Long> open;
    private Long through;
    private Long highest;
    private long missing;
    private long found;

    /**
     * As it was after the turn before.
     *
     * @param open first → last id of each range
     * @param through the id up to which the log was followed; null if it wasn't
     * @param highest the highest id of a record; null if there was none
     */
    Gaps(Map<Long, Long> open, Long through, Long highest) {
        this.open = new TreeMap<>(open);
        this.through = through;
        this.highest = highest;
    }

    /** An id as a number; none if it is none, or one that is longer than numbers that are counted. */
    static OptionalLong number(String id) {
        return id.length() <= LONGEST_ID && id.matches("0|[1-9][0-9]*")
                ? OptionalLong.of(Long.parseLong(id))
                : OptionalLong.empty();
    }

    /** Whether an id is higher than that of any record: such a one can't have been there. */
    boolean isBeyond(String id) {
        OptionalLong number = number(id);
        return highest != null && number.isPresent() && number.getAsLong() > highest;
    }

    /**
     * Takes note of the ids that an answer shows.
     *
     * @param verified those of records, new and known
     * @param rejected those of items that are none, which anybody may have made: not missing, but they move the log on only where they follow directly
     */
    void see(Collection<String> verified, Collection<String> rejected) {
        NavigableSet<Long> records = numbers(verified);
        NavigableSet<Long> rejects = numbers(rejected);
        records.forEach(this::find);
        rejects.forEach(this::find);
        if (!records.isEmpty()) {
            follow(records, rejects);
            highest = highest == null ? records.last() : Long.valueOf(Math.max(highest, records.last()));
        }
        while (through != null && rejects.contains(through + 1)) {
            through++;
        }
        while (open.size() > MOST) {
            open.pollFirstEntry();
        }
    }

    private void follow(NavigableSet<Long> records, NavigableSet<Long> rejects) {
        long median = new ArrayList<>(records).get((records.size() - 1) / 2);
        long farthest = DENSITY * Math.max(records.size(), DENSITY);
        NavigableSet<Long> near = records.subSet(median - farthest, true, median + farthest, true);
        if (through != null && through > near.last() + farthest) {
            // The log was followed to where it is not. What was shown before is not known well enough to go on in this
            // turn.
            through = null;
        } else if (through == null && highest != null) {
            through = near.last();
        } else {
            NavigableSet<Long> shown = new TreeSet<>(rejects.headSet(near.last()));
            shown.addAll(near);
            long last = through == null ? near.first() - 1 : through;
            for (long id : shown.tailSet(last, false)) {
                // Where an id is far above the one before, they don't follow each other there.
                if (id > last + 1 && id - last <= farthest) {
                    open.put(last + 1, id - 1);
                    missing += id - last - 1;
                }
                last = id;
            }
            through = last;
        }
    }

    private static NavigableSet<Long> numbers(Collection<String> ids) {
        NavigableSet<Long> numbers = new TreeSet<>();
        ids.stream().map(Gaps::number).filter(OptionalLong::isPresent).forEach(id -> numbers.add(id.getAsLong()));
        return numbers;
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

    /** The id up to which the log was followed; null if it wasn't. */
    Long through() {
        return through;
    }

    /** The highest id of a record; null if there was none. */
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
