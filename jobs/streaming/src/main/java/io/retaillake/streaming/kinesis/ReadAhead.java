package io.retaillake.streaming.kinesis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Finds on the driver where a batch ends in each shard, by reading it: Kinesis tells no other way which sequence numbers there are. A shard's
 * iterator is kept from batch to batch.
 */
final class ReadAhead {

    private final KinesisCalls calls;
    private final StreamOptions options;
    private final Map<String, ShardReader> readers = new ConcurrentHashMap<>();

    ReadAhead(KinesisCalls calls, StreamOptions options) {
        this.calls = calls;
        this.options = options;
    }

    /**
     * A part of a shard.
     *
     * @param records how many Kinesis records it has
     * @param newest whether there were none after it at that moment
     */
    record Part(ShardPosition from, ShardPosition to, long records, boolean newest) {}

    /** What comes after {@code from}: at most {@code limit} records, and as much as is read in the time that the options give. */
    Part after(String shard, ShardPosition from, long limit) {
        long begin = System.nanoTime();
        return after(
                shard,
                from,
                limit,
                newest -> newest || (System.nanoTime() - begin) / 1_000_000 >= options.maxFetchMilliseconds());
    }

    /**
     * All that comes after {@code from}, but at most {@code limit} records, however long it takes.
     *
     * @param isOpen whether the shard takes records: where it does not, its end is what to look for
     */
    Part allAfter(String shard, ShardPosition from, long limit, boolean isOpen) {
        return after(shard, from, limit, newest -> newest && isOpen);
    }

    private Part after(String shard, ShardPosition from, long limit, Predicate<Boolean> enough) {
        ShardReader reader = readers.compute(
                shard,
                (name, old) -> old != null && old.position().equals(from)
                        ? old
                        : new ShardReader(calls, options, shard, from, true));
        long records = 0;
        boolean newest = false;
        while (!enough.test(newest) && records < limit && !reader.position().isEnd()) {
            ShardReader.Page page = reader.read(limit - records);
            records += page.records().size();
            newest = page.newest();
        }
        if (reader.position().isEnd()) {
            readers.remove(shard);
        }
        return new Part(from, reader.position(), records, newest);
    }
}
