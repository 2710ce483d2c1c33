package io.retaillake.streaming;

import io.retaillake.common.event.Event;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Counts events whose windows are closed, as {@link EventWindows} counts the others: in each task and then of all. */
final class LateEvents implements Serializable {

    private static final long serialVersionUID = 1;

    private final long closedThroughMicros;
    private final Map<Group, Measures> groups = new HashMap<>();

    private record Group(long windowStartSeconds, String eventType, String statusCategory) implements Serializable {}

    private record Measures(long events, BigInteger responseSize) implements Serializable {

        Measures plus(Measures other) {
            return new Measures(events + other.events, responseSize.add(other.responseSize));
        }
    }

    /** None yet. */
    LateEvents(long closedThroughMicros) {
        this.closedThroughMicros = closedThroughMicros;
    }

    /** Counts an event if its window is closed; one without a response size as of none. */
    void add(Event event, long timestampMicros) {
        if (timestampMicros < closedThroughMicros) {
            long seconds = Math.floorDiv(timestampMicros, TimeUnit.SECONDS.toMicros(1));
            long length = EventWindows.LENGTH.toSeconds();
            Group group = new Group(
                    Math.floorDiv(seconds, length) * length,
                    event.eventType(),
                    event.statusCategory().label());
            BigInteger size = event.responseSize() == null ? BigInteger.ZERO : BigInteger.valueOf(event.responseSize());
            groups.merge(group, new Measures(1, size), Measures::plus);
        }
    }

    void add(LateEvents other) {
        other.groups.forEach((group, measures) -> groups.merge(group, measures, Measures::plus));
    }

    /** As {@link EventTables#LATE_EVENTS} has them. */
    List<Row> rows(String source, String batch) {
        return groups.entrySet().stream()
                .map(entry -> {
                    Instant start = Instant.ofEpochSecond(entry.getKey().windowStartSeconds());
                    return RowFactory.create(
                            start,
                            start.plus(EventWindows.LENGTH),
                            source,
                            entry.getKey().eventType(),
                            entry.getKey().statusCategory(),
                            entry.getValue().events(),
                            new BigDecimal(entry.getValue().responseSize()),
                            batch);
                })
                .toList();
    }
}
