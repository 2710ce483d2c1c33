package io.retaillake.streaming.kinesis;

import io.retaillake.common.event.AggregatedRecord;
import io.retaillake.common.job.JobException;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.unsafe.types.UTF8String;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Reads a range of a shard, the same rows each time, or fails where a record of it is gone. */
final class ShardRangeReader implements PartitionReader<InternalRow> {

    /** So long, with five requests a second, a closed shard may take to say that it is, and records to be seen that were seen before. */
    private static final int EMPTY_ANSWERS = 150;

    private final ShardRange range;
    private final ShardReader reader;
    private final UTF8String shard;
    private final Deque<InternalRow> rows = new ArrayDeque<>();
    private long records;
    private int emptyAnswers;
    private boolean complete;
    private InternalRow row;

    ShardRangeReader(ShardRange range) {
        this.range = range;
        shard = UTF8String.fromString(range.shard());
        reader = new ShardReader(
                new KinesisCalls(range.options()), range.options(), range.shard(), range.from(), !range.isCounted());
    }

    @Override
    public boolean next() {
        while (rows.isEmpty() && !complete) {
            read();
        }
        row = rows.poll();
        return row != null;
    }

    private void read() {
        ShardReader.Page page =
                reader.read(range.isCounted() ? Math.max(1, range.records() - records) : ShardReader.MAX_RECORDS);
        for (Record record : page.records()) {
            if (isBeyond(record)) {
                complete(false);
                return;
            }
            add(record);
            if (record.sequenceNumber().equals(range.to().text())) {
                complete(true);
                return;
            }
        }
        emptyAnswers = page.records().isEmpty() && page.newest() ? emptyAnswers + 1 : 0;
        if (reader.position().isEnd()) {
            complete(range.to().isEnd());
        } else if (emptyAnswers > EMPTY_ANSWERS) {
            complete(false);
        }
    }

    private boolean isBeyond(Record record) {
        return range.to().isSequenceNumber()
                && new BigInteger(record.sequenceNumber())
                                .compareTo(new BigInteger(range.to().text()))
                        > 0;
    }

    private void complete(boolean endSeen) {
        complete = true;
        boolean whole = endSeen && (!range.isCounted() || records == range.records());
        if (!whole && range.options().failOnDataLoss()) {
            throw loss();
        }
    }

    private JobException loss() {
        return DataLoss.exception(
                range.options().stream(),
                List.of(range + " had " + (range.isCounted() ? range.records() + " records" : "a last record")
                        + " when the batch was planned, and has " + records
                        + (range.isCounted() ? "" : " without that one")
                        + " now: they expired, or the stream is another one"));
    }

    private void add(Record record) {
        records++;
        long arrival = DateTimeUtils.instantToMicros(record.approximateArrivalTimestamp());
        int subsequence = 0;
        for (byte[] payload : AggregatedRecord.userRecords(record.data().asByteArray())) {
            String position = ShardPosition.userRecord(record.sequenceNumber(), subsequence++);
            rows.add(new GenericInternalRow(new Object[] {shard, UTF8String.fromString(position), payload, arrival}));
        }
    }

    @Override
    public InternalRow get() {
        return row;
    }

    /** The client is the process's. */
    @Override
    public void close() {}
}
