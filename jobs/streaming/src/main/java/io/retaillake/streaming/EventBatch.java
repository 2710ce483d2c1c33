package io.retaillake.streaming;

import static org.apache.spark.sql.functions.col;

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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

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
     * Writes it; reads the records once if they fit into memory and onto the executors' disks.
     *
     * @param afterReading throws if the records can't be trusted; then none of them is written
     */
    BatchCounts write(Batch batch, Dataset<Row> records, Runnable afterReading) {
        Instant processedAt = NAME.parse(batch.id(), Instant::from);
        Dataset<Row> judged = EventJudge.judge(records, query, processedAt).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            BatchCounts counts = BatchCounts.of(judged);
            afterReading.run();
            BatchPublication.run(lake, batch, TABLES, publication -> write(publication, batch, judged, counts));
            return counts;
        } finally {
            judged.unpersist();
        }
    }

    private void write(BatchPublication publication, Batch batch, Dataset<Row> judged, BatchCounts counts) {
        Column accepted = col("reasons").isNull();
        if (counts.accepted() > 0) {
            publication.append(
                    EventTables.EVENTS,
                    inFewFiles(EventTables.select(EventTables.EVENTS, judged.where(accepted)), counts.accepted()));
            windows.late(judged.where(accepted), counts.oldestEvent(), batch)
                    .ifPresent(late -> publication.append(EventTables.LATE_EVENTS, late.coalesce(1)));
        }
        if (counts.rejected() > 0) {
            publication.append(
                    EventTables.EVENT_REJECTS,
                    inFewFiles(
                            EventTables.select(
                                    EventTables.EVENT_REJECTS,
                                    judged.where(col("reasons").isNotNull())),
                            counts.rejected()));
        }
        publication.publish(List.of(Check.equal(
                "rows: events + rejects = received",
                counts.received(),
                publication.rowsWritten(EventTables.EVENTS) + publication.rowsWritten(EventTables.EVENT_REJECTS))));
    }

    /** A small batch in one file for each hour, whatever the number of the source's partitions. */
    private static Dataset<Row> inFewFiles(Dataset<Row> rows, long count) {
        return rows.coalesce((int) Math.min(Integer.MAX_VALUE, 1 + count / ROWS_WORTH_A_FILE));
    }
}
