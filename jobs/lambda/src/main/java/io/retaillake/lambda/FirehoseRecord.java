package io.retaillake.lambda;

import java.time.Instant;

/** One record that Firehose wants transformed. Its text form has nothing of the data, which is personal. */
final class FirehoseRecord {

    private final String recordId;
    private final Instant arrival;
    private final byte[] data;

    FirehoseRecord(String recordId, Instant arrival, byte[] data) {
        this.recordId = recordId;
        this.arrival = arrival;
        this.data = data;
    }

    /** By which the answer names it. */
    String recordId() {
        return recordId;
    }

    /** When the stream received it. */
    Instant arrival() {
        return arrival;
    }

    /** What the producer has sent. */
    byte[] data() {
        return data;
    }

    @Override
    public String toString() {
        return recordId + ", " + data.length + " bytes";
    }
}
