package io.retaillake.streaming.kinesis;

import io.retaillake.common.job.JobException;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Reads a shard from a position on, page by page, at most five times a second. */
final class ShardReader {

    /** What GetRecords answers at most. */
    static final int MAX_RECORDS = 10_000;

    private static final long PAUSE_MILLISECONDS = 200;

    private final KinesisCalls calls;
    private final StreamOptions options;
    private final String shard;
    private ShardPosition position;
    private boolean boundaryUnseen;
    private String iterator;
    private boolean called;
    private long calledAtNanoseconds;

    /**
     * Records of a request.
     *
     * @param newest whether there were none after them at that moment
     */
    record Page(List<Record> records, boolean newest) {}

    /**
     * A reader of a shard.
     *
     * @param from what was read last
     * @param checked whether the record read last must still be there, because otherwise those after it may be gone, too
     */
    ShardReader(KinesisCalls calls, StreamOptions options, String shard, ShardPosition from, boolean checked) {
        this.calls = calls;
        this.options = options;
        this.shard = shard;
        this.position = from;
        this.boundaryUnseen = checked && options.failOnDataLoss() && from.isSequenceNumber();
    }

    /** How far it has read. */
    ShardPosition position() {
        return position;
    }

    /**
     * Reads at most {@code limit} records.
     *
     * @throws JobException exit code 3 if records after the position are gone, or the position is none of this shard's
     */
    Page read(long limit) {
        int requested = (int) Math.min(MAX_RECORDS, boundaryUnseen ? limit + 1 : limit);
        GetRecordsResponse answer = request(requested);
        List<Record> records = answer.records();
        boolean newest =
                answer.millisBehindLatest() != null && answer.millisBehindLatest() == 0 && records.size() < requested;
        if (boundaryUnseen && !records.isEmpty()) {
            String first = records.get(0).sequenceNumber();
            if (!first.equals(position.text())) {
                throw loss(shard + " was read up to " + position
                        + ", and that record is not there any more; the oldest one after" + " it is " + first + " of "
                        + records.get(0).approximateArrivalTimestamp());
            }
            records = records.subList(1, records.size());
        }
        // A shard that had nothing for longer than its retention has lost nothing that was to be read.
        boundaryUnseen &= answer.records().isEmpty() && !newest;
        iterator = answer.nextShardIterator();
        if (iterator == null) {
            position = ShardPosition.SHARD_END;
        } else if (!records.isEmpty()) {
            position = ShardPosition.after(records.get(records.size() - 1).sequenceNumber());
        }
        return new Page(records, newest);
    }

    private GetRecordsResponse request(int limit) {
        for (; ; ) {
            if (iterator == null) {
                iterator = open();
            }
            pace();
            try {
                return calls.records(iterator, limit);
            } catch (ExpiredIteratorException e) {
                iterator = null;
            }
        }
    }

    private String open() {
        try {
            return calls.iterator(shard, position, boundaryUnseen);
        } catch (InvalidArgumentException e) {
            if (options.failOnDataLoss() || !position.isSequenceNumber()) {
                throw loss(shard + " has no position " + position
                        + ": the stream was deleted and created again, or is another one");
            }
            return calls.iterator(shard, ShardPosition.TRIM_HORIZON, false);
        } catch (ResourceNotFoundException e) {
            throw loss(shard + " was read up to " + position
                    + ", and the stream has no such shard: it was deleted, or its records expired");
        }
    }

    private JobException loss(String problem) {
        return DataLoss.exception(options.stream(), List.of(problem));
    }

    private void pace() {
        if (called) {
            long passed = (System.nanoTime() - calledAtNanoseconds) / 1_000_000;
            if (passed < PAUSE_MILLISECONDS) {
                KinesisCalls.sleep(PAUSE_MILLISECONDS - passed);
            }
        }
        called = true;
        calledAtNanoseconds = System.nanoTime();
    }
}
