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
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts a query's events by window of five minutes, once the window is closed. What is written is what {@link EventTables#EVENTS} holds
 * then; whatever comes later is counted as late with its batch. So both together are the events of the table, always.
 *
 * <p>Up to when windows are closed lies in the table of events, as the position of a query: no state is kept elsewhere.
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

    /** The query under which {@link EventTables#EVENTS} says up to when windows are closed. */
    String query() {
        return query;
    }

    /** Up to when a version of {@link EventTables#EVENTS} says that windows are closed; none where it does not. */
    Optional<SourcePositions> closed(Table events) {
        return QueryProgress.of(events, query).map(QueryProgress::reached);
    }

    /** The end of the newest closed window; none where none is closed yet. */
    Optional<Instant> closedThrough(Table events) {
        return closed(events)
                // Only the windows' own table said so in earlier versions of this library.
                .or(() -> lake.find(EventTables.EVENTS_BY_WINDOW)
                        .flatMap(table -> QueryProgress.of(table, query))
                        .map(QueryProgress::reached))
                .map(reached ->
                        Instant.ofEpochSecond(reached.offsets().get(PARTITION).longValueExact()));
    }

    /**
     * Closes the windows that end at {@code watermark} or before. Reads the files of their hours.
     *
     * <p>That they are closed is said in {@link EventTables#EVENTS} first, in a commit that fails if the table has more of the query than
     * {@code reached}, as each batch's fails if more windows are closed than it was made for. So an event is there before its window is
     * closed, and counted in it, or knows that it is late, whatever other processes do.
     *
     * @param reached up to where this process knows that the table holds the query
     * @return how many events are in them; none if there was no window to close
     * @throws io.retaillake.common.job.JobException exit code 3 if another process has written batches of the query
     */
    Optional<Long> closeThrough(Instant watermark, SourcePositions reached) {
        long length = LENGTH.toSeconds();
        long to = Math.floorDiv(watermark.getEpochSecond(), length) * length;
        Optional<Instant> closed = closedThrough(lake.findOrCreate(EventTables.EVENTS));
        if (closed.isPresent() && closed.get().getEpochSecond() >= to) {
            return Optional.empty();
        }
        Optional<Long> from = closed.isPresent() ? closed.map(Instant::getEpochSecond) : firstWindow(to);
        if (from.isEmpty()) {
            return Optional.empty();
        }
        Batch windows = new Batch(query, Long.toString(to), new PositionRange(position(from.get()), position(to)));
        BatchPublication.run(lake, windows, List.of(EventTables.EVENTS), publication -> {
            publication.requireProgress(EventTables.EVENTS, source, Optional.of(reached));
            publication.publish(List.of());
        });
        return Optional.of(countEvents(windows));
    }

    /** Counts the windows that a process closed which ended before it had counted them. To be called before a batch is written. */
    void finishInterrupted() {
        Optional<Batch> closed =
                QueryProgress.of(lake.findOrCreate(EventTables.EVENTS), query).map(QueryProgress::newest);
        Optional<Batch> counted = QueryProgress.of(lake.findOrCreate(EventTables.EVENTS_BY_WINDOW), query)
                .map(QueryProgress::newest);
        if (closed.isPresent() && !closed.equals(counted)) {
            long unused = countEvents(closed.get());
        }
    }

    private long countEvents(Batch windows) {
        Dataset<Row> events = events().where(
                        col("timestamp").geq(moment(windows.range().from())))
                .where(col("timestamp").lt(moment(windows.range().to())));
        long[] counted = new long[1];
        BatchPublication.run(
                lake,
                windows,
                List.of(EventTables.EVENTS_BY_WINDOW),
                publication -> counted[0] = close(publication, events));
        return counted[0];
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

    /** Looks into no file without an event before {@code to}: this is asked after each batch for as long as no window is closed. */
    private Optional<Long> firstWindow(long to) {
        long length = LENGTH.toSeconds();
        Row row = events().where(col("timestamp").lt(moment(position(to))))
                .agg(min(unix_seconds(col("timestamp"))))
                .first();
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

    private static Column moment(SourcePositions position) {
        return timestamp_seconds(lit(position.offsets().get(PARTITION).longValueExact()));
    }

    private static SourcePositions position(long epochSecond) {
        return SourcePositions.of(Map.of(PARTITION, epochSecond));
    }
}
