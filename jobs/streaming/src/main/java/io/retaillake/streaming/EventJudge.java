package io.retaillake.streaming;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.event.Event;
import io.retaillake.common.event.EventResult;
import io.retaillake.common.event.EventTransform;
import io.retaillake.common.event.PayloadSplitter;
import io.retaillake.common.event.Reject;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Applies the transform of events to the records of a task, and writes what comes out as files of the tables: an event or a reject for each
 * payload of a record. Records are read once.
 */
final class EventJudge implements FlatMapFunction<Iterator<InternalRow>, JudgedRecords> {

    private static final long serialVersionUID = 1;
    private static final byte[] NO_BYTES = {};
    private static final int PARTITION = EventSource.RECORD.fieldIndex("source_partition");
    private static final int POSITION = EventSource.RECORD.fieldIndex("source_position");
    private static final int PAYLOAD = EventSource.RECORD.fieldIndex("payload");
    private static final int ARRIVED_AT = EventSource.RECORD.fieldIndex("arrived_at");

    private final String source;
    private final Instant processedAt;
    private final long closedThroughMicros;
    private final Broadcast<Map<String, Table>> tables;

    /**
     * Judges for one batch.
     *
     * @param source the query's name
     * @param processedAt the same for the same batch
     * @param closedThroughMicros events before this are late
     * @param tables those to write to by name, of {@link EventTables#EVENTS} and {@link EventTables#EVENT_REJECTS}
     */
    EventJudge(String source, Instant processedAt, long closedThroughMicros, Broadcast<Map<String, Table>> tables) {
        this.source = source;
        this.processedAt = processedAt;
        this.closedThroughMicros = closedThroughMicros;
        this.tables = tables;
    }

    @Override
    public Iterator<JudgedRecords> call(Iterator<InternalRow> records) throws IOException {
        BatchTally tally = new BatchTally();
        LateEvents late = new LateEvents(closedThroughMicros);
        EventRows rows = new EventRows(source, processedAt);
        try (HourlyFiles events = files(EventTables.EVENTS);
                HourlyFiles rejects = files(EventTables.EVENT_REJECTS)) {
            while (records.hasNext()) {
                InternalRow record = records.next();
                byte[] bytes = record.isNullAt(PAYLOAD) ? NO_BYTES : record.getBinary(PAYLOAD);
                long arrivedAtMicros = record.getLong(ARRIVED_AT);
                Instant arrivedAt = Instant.EPOCH.plus(arrivedAtMicros, ChronoUnit.MICROS);
                int index = 0;
                for (byte[] payload : PayloadSplitter.split(bytes)) {
                    EventRows.Place place = new EventRows.Place(
                            arrivedAtMicros, record.getUTF8String(PARTITION), record.getUTF8String(POSITION), index++);
                    EventResult result = EventTransform.transform(payload, arrivedAt, processedAt);
                    if (result instanceof Event event) {
                        long timestampMicros = EventRows.micros(event.timestamp());
                        tally.accept(timestampMicros, arrivedAtMicros);
                        late.add(event, timestampMicros);
                        events.write(rows.event(event, timestampMicros, place), timestampMicros);
                    } else {
                        Reject reject = (Reject) result;
                        tally.reject(reject.reasons());
                        rejects.write(rows.reject(reject, place), arrivedAtMicros);
                    }
                }
            }
            return List.of(new JudgedRecords(events.finish(), rejects.finish(), tally, late))
                    .iterator();
        }
    }

    private HourlyFiles files(TableContract contract) {
        return HourlyFiles.of(contract, Optional.ofNullable(tables.value().get(contract.qualifiedName())));
    }
}
