package io.retaillake.lambda;

import io.retaillake.common.event.AggregatedRecord;
import io.retaillake.common.event.Event;
import io.retaillake.common.event.EventJson;
import io.retaillake.common.event.EventResult;
import io.retaillake.common.event.EventTransform;
import io.retaillake.common.event.PayloadSplitter;
import io.retaillake.common.event.Reject;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of a record, which may hold several events: Firehose takes one answer and one place for it. So it is accepted if all that
 * it holds are events of one hour, and otherwise fails as a whole and is stored as it came, where nothing of it is lost or twice.
 */
final class TransformedRecord {

    /** The events are of several hours. */
    static final String SEVERAL_HOURS = "SEVERAL_HOURS";

    private final byte[] lines;
    private final Instant hour;
    private final int events;
    private final Set<String> reasons;

    private TransformedRecord(byte[] lines, Instant hour, int events, Set<String> reasons) {
        this.lines = lines;
        this.hour = hour;
        this.events = events;
        this.reasons = reasons;
    }

    static TransformedRecord of(FirehoseRecord record, Instant processedAt) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * record.data().length + 256);
        Set<Instant> hours = new TreeSet<>();
        Set<String> reasons = new TreeSet<>();
        int events = 0;
        for (byte[] userRecord : AggregatedRecord.userRecords(record.data())) {
            for (byte[] payload : PayloadSplitter.split(userRecord)) {
                events++;
                EventResult result = EventTransform.transform(payload, record.arrival(), processedAt);
                if (result instanceof Event event) {
                    hours.add(event.timestamp().truncatedTo(ChronoUnit.HOURS));
                    lines.writeBytes(EventJson.line(event));
                } else if (result instanceof Reject reject) {
                    reject.reasons().forEach(reason -> reasons.add(reason.name()));
                }
            }
        }
        if (hours.size() > 1) {
            reasons.add(SEVERAL_HOURS);
        }
        return reasons.isEmpty()
                ? new TransformedRecord(lines.toByteArray(), hours.iterator().next(), events, reasons)
                : new TransformedRecord(new byte[0], null, events, reasons);
    }

    boolean failed() {
        return !reasons.isEmpty();
    }

    /** The events as lines of JSON; none if the record fails. */
    byte[] lines() {
        return lines;
    }

    /** The hour of UTC in which all events happened; null if the record fails. */
    Instant hour() {
        return hour;
    }

    /** How many events and rejects the record holds. */
    int events() {
        return events;
    }

    /** Why the record fails; none if it doesn't. */
    Set<String> reasons() {
        return reasons;
    }
}
