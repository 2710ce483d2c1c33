package io.retaillake.streaming;

import io.retaillake.common.event.Event;
import io.retaillake.common.event.Reject;
import io.retaillake.common.event.StatusCategory;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Events and rejects as rows of their tables, in Spark's own form, with the columns in the order of the contracts. */
final class EventRows {

    private static final Map<StatusCategory, UTF8String> CATEGORIES = new EnumMap<>(StatusCategory.class);

    static {
        for (StatusCategory category : StatusCategory.values()) {
            CATEGORIES.put(category, UTF8String.fromString(category.label()));
        }
    }

    private final UTF8String source;
    private final long processedAtMicros;

    /** Rows of one batch of a query. */
    EventRows(String source, Instant processedAt) {
        this.source = UTF8String.fromString(source);
        this.processedAtMicros = micros(processedAt);
    }

    /**
     * Where a payload came from.
     *
     * @param partition the source's
     * @param position its record's number there, in digits
     * @param index its number in the record
     */
    record Place(long arrivedAtMicros, UTF8String partition, UTF8String position, int index) {}

    InternalRow event(Event event, long timestampMicros, Place place) {
        return new GenericInternalRow(new Object[] {
            timestampMicros,
            UTF8String.fromString(event.eventType()),
            UTF8String.fromString(event.userId()),
            UTF8String.fromString(event.ipAddress()),
            event.statusCode(),
            CATEGORIES.get(event.statusCategory()),
            event.responseSize(),
            UTF8String.fromString(event.path()),
            event.notes().isEmpty() ? null : names(event.notes()),
            processedAtMicros,
            UTF8String.fromString(event.etlVersion()),
            place.arrivedAtMicros(),
            source,
            place.partition(),
            place.position(),
            place.index()
        });
    }

    InternalRow reject(Reject reject, Place place) {
        return new GenericInternalRow(new Object[] {
            names(reject.reasons()),
            reject.payload(),
            processedAtMicros,
            place.arrivedAtMicros(),
            source,
            place.partition(),
            place.position(),
            place.index()
        });
    }

    private static GenericArrayData names(Set<? extends Enum<?>> values) {
        return new GenericArrayData(values.stream()
                .map(value -> UTF8String.fromString(value.name()))
                .toArray());
    }

    /** Since 1970, as Spark keeps a moment. */
    static long micros(Instant moment) {
        return TimeUnit.SECONDS.toMicros(moment.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(moment.getNano());
    }
}
