package io.retaillake.streaming;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Batch;
import io.retaillake.common.publish.BatchPublication;
import io.retaillake.common.publish.Check;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Puts records of a source into the lake as one batch: events, rejects, and counts of what came too late for its window. Each
 * is in there once, however often the batch is repeated.
 */
final class EventBatch {

    /** In the order of their publication; a batch is done when the last one holds it. */
    static final List<TableContract> TABLES =
            List.of(EventTables.EVENTS, EventTables.EVENT_REJECTS, EventTables.LATE_EVENTS);

    /** A batch's name is the moment at which it began, so that a repetition has the same processing time. */
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final long ROWS_WORTH_A_FILE = 50_000;

    private final Lake lake;
    private final String query;
    private final EventWindows windows;
    private long receivedBefore = Long.MAX_VALUE;

    EventBatch(Lake lake, String query, EventWindows windows) {
        this.lake = lake;
        this.query = query;
        this.windows = windows;
    }

    /** A batch that begins now. */
    Batch begin(PositionRange range) {
        return new Batch(query, NAME.format(Instant.now().truncatedTo(ChronoUnit.MILLIS)), range);
    }

    /**
     * Writes it; reads the records once.
     *
     * @param afterReading throws if the records can't be trusted; then none of them is published
     * @return what it held; none if another process has written it
     */
    Optional<BatchCounts> write(Batch batch, Dataset<Row> records, Runnable afterReading) {
        AtomicReference<BatchCounts> counts = new AtomicReference<>();
        BatchPublication.run(
                lake, batch, TABLES, publication -> counts.set(write(publication, batch, records, afterReading)));
        Optional<BatchCounts> written = Optional.ofNullable(counts.get());
        written.ifPresent(of -> receivedBefore = of.received());
        return written;
    }

    private BatchCounts write(BatchPublication publication, Batch batch, Dataset<Row> records, Runnable afterReading) {
        Table events = publication.table(EventTables.EVENTS);
        publication.requireProgress(EventTables.EVENTS, windows.query(), windows.closed(events));
        JudgedRecords judged = JudgedRecords.write(
                records,
                publication,
                query,
                NAME.parse(batch.id(), Instant::from),
                windows.closedThrough(events).orElse(Instant.EPOCH),
                tasks());
        try {
            afterReading.run();
        } catch (RuntimeException e) {
            judged.discard(events.io());
            throw e;
        }
        publication.appendFiles(EventTables.EVENTS, judged.events());
        publication.appendFiles(EventTables.EVENT_REJECTS, judged.rejects());
        List<Row> late = judged.late().rows(query, batch.id());
        if (!late.isEmpty()) {
            publication.append(
                    EventTables.LATE_EVENTS,
                    lake.spark()
                            .createDataFrame(late, EventTables.LATE_EVENTS.schema())
                            .coalesce(1));
        }
        BatchCounts counts = judged.tally().counts();
        publication.publish(List.of(Check.equal(
                "rows: events + rejects = received",
                counts.received(),
                publication.rowsWritten(EventTables.EVENTS) + publication.rowsWritten(EventTables.EVENT_REJECTS))));
        return counts;
    }

    /** A small batch in one file for each hour, whatever the number of the source's partitions. How small it is, is known of the one before. */
    private int tasks() {
        return (int) Math.min(Integer.MAX_VALUE, 1 + receivedBefore / ROWS_WORTH_A_FILE);
    }
}
