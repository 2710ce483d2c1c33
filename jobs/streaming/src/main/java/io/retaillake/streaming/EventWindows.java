package io.retaillake.streaming;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.unix_seconds;

import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Batch;
import io.retaillake.common.publish.BatchPublication;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.QueryProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts a query's events by window of five minutes, once the window is closed. What is written is what {@link EventTables#EVENTS} holds
 * then; whatever comes later is counted as late with its batch. So both together are the events of the table, always.
 *
 * <p>Up to when windows are closed lies in their table, as the position of a query: no state is kept elsewhere.
 */
final class EventWindows {

    static final Duration LENGTH = Duration.ofMinutes(5);

    private static final String PARTITION = "closed-through";

    private final Lake lake;
    private final String source;
    private final String query;

    /**
     * The windows of one query.
     *
     * @param source the query that reads the events
     */
    EventWindows(Lake lake, String source) {
        this.lake = lake;
        this.source = source;
        this.query = source + ".windows";
    }

    /** The end of the newest closed window; none where none is closed yet. */
    Optional<Instant> closedThrough() {
        return lake.find(EventTables.EVENTS_BY_WINDOW)
                .flatMap(table -> QueryProgress.of(table, query))
                .map(progress -> Instant.ofEpochSecond(
                        progress.reached().offsets().get(PARTITION).longValueExact()));
    }

    /**
     * The events of a batch whose windows are closed, counted; none where it has none. Shuffles the groups.
     *
     * @param oldest when the oldest of {@code events} happened
     */
    Optional<Dataset<Row>> late(Dataset<Row> events, Instant oldest, Batch batch) {
        return closedThrough()
                .filter(oldest::isBefore)
                .map(closed -> EventTables.select(
                        EventTables.LATE_EVENTS,
                        counted(events.where(col("timestamp").lt(timestamp_seconds(lit(closed.getEpochSecond())))))
                                .withColumn("batch", lit(batch.id()))));
    }

    /**
     * Closes the windows that end at {@code watermark} or before. Reads the files of their hours.
     *
     * @return how many events are in them; none if there was no window to close
     */
    Optional<Long> closeThrough(Instant watermark) {
        long length = LENGTH.toSeconds();
        long to = Math.floorDiv(watermark.getEpochSecond(), length) * length;
        Optional<Instant> closed = closedThrough();
        if (closed.isPresent() && closed.get().getEpochSecond() >= to) {
            return Optional.empty();
        }
        Optional<Long> from = closed.isPresent() ? closed.map(Instant::getEpochSecond) : firstWindow(length);
        if (from.isEmpty() || from.get() >= to) {
            return Optional.empty();
        }
        PositionRange range = new PositionRange(position(from.get()), position(to));
        Dataset<Row> events = events().where(col("timestamp").geq(timestamp_seconds(lit(from.get()))))
                .where(col("timestamp").lt(timestamp_seconds(lit(to))));
        long[] counted = new long[1];
        BatchPublication.run(
                lake,
                new Batch(query, Long.toString(to), range),
                List.of(EventTables.EVENTS_BY_WINDOW),
                publication -> counted[0] = close(publication, events));
        return Optional.of(counted[0]);
    }

    private long close(BatchPublication publication, Dataset<Row> events) {
        List<Row> rows = EventTables.select(EventTables.EVENTS_BY_WINDOW, counted(events))
                .collectAsList();
        int measure = EventTables.EVENTS_BY_WINDOW.columnNames().indexOf("count_of_event");
        long inWindows = rows.stream().mapToLong(row -> row.getLong(measure)).sum();
        if (!rows.isEmpty()) {
            publication.append(
                    EventTables.EVENTS_BY_WINDOW,
                    lake.spark()
                            .createDataFrame(rows, EventTables.EVENTS_BY_WINDOW.schema())
                            .coalesce(1));
        }
        publication.publish(
                List.of(Check.equal("events: in windows = in " + EventTables.EVENTS, events.count(), inWindows)));
        return inWindows;
    }

    private Dataset<Row> events() {
        return lake.spark()
                .table(lake.identifier(EventTables.EVENTS))
                .where(col("source").equalTo(source));
    }

    private Optional<Long> firstWindow(long length) {
        Row row = events().agg(min(unix_seconds(col("timestamp")))).first();
        return row.isNullAt(0) ? Optional.empty() : Optional.of(Math.floorDiv(row.getLong(0), length) * length);
    }

    private static Dataset<Row> counted(Dataset<Row> events) {
        long length = LENGTH.toSeconds();
        Column start = timestamp_seconds(
                floor(unix_seconds(col("timestamp")).divide(length)).multiply(length));
        return events.groupBy(start.as("window_start"), col("source"), col("event_type"), col("status_category"))
                .agg(
                        count(lit(1)).as("count_of_event"),
                        coalesce(
                                        sum(col("response_size").cast(DataTypes.createDecimalType(38, 0))),
                                        lit(0).cast(DataTypes.createDecimalType(38, 0)))
                                .as("response_size"))
                .withColumn(
                        "window_end",
                        timestamp_seconds(unix_seconds(col("window_start")).plus(length)));
    }

    private static SourcePositions position(long epochSecond) {
        return SourcePositions.of(Map.of(PARTITION, epochSecond));
    }
}
