package io.retaillake.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import io.retaillake.common.event.Event;
import io.retaillake.common.event.EventJson;
import io.retaillake.common.event.EventTransform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints how fast it is on this machine, on one thread and warm; judges nothing. */
@Tag("benchmark")
class SpeedTest {

    private static final String EVENT =
            "{\"timestamp\":\"2026-11-28T10:05:07.123456\",\"event_type\":\"purchase\",\"user_id\":1234,\"ip_address\":\"192.168.3.77\","
                    + "\"status_code\":200,\"response_size\":512,\"path\":\"/api/orders\"%s}";

    @Test
    void eventsPerSecond() {
        byte[] payload = EVENT.formatted("").getBytes(StandardCharsets.UTF_8);
        int events = 1_000_000;
        long lineBytes = 0;
        for (int round = 0; round < 8; round++) {
            long began = System.nanoTime();
            for (int i = 0; i < events; i++) {
                if (EventTransform.transform(payload, Call.ARRIVAL, Call.NOW) instanceof Event event) {
                    lineBytes += event.path().length();
                }
            }
            long transformed = System.nanoTime();
            for (int i = 0; i < events; i++) {
                if (EventTransform.transform(payload, Call.ARRIVAL, Call.NOW) instanceof Event event) {
                    lineBytes += EventJson.line(event).length;
                }
            }
            long written = System.nanoTime();
            System.out.printf(
                    "%d-byte events: %,d transformed/s, %,d transformed and written/s (%d)%n",
                    payload.length,
                    events * 1_000_000_000L / (transformed - began),
                    events * 1_000_000_000L / (written - transformed),
                    lineBytes);
        }
    }

    @Test
    void callOf500RecordsOf1Kilobyte() throws Exception {
        String padding = "x".repeat(1_000 - EVENT.formatted(",\"note\":\"\"").length());
        byte[] record = EVENT.formatted(",\"note\":\"" + padding + "\"").getBytes(StandardCharsets.UTF_8);
        byte[] request = Call.request(Collections.nCopies(500, record));
        FirehoseEventsHandler handler = new FirehoseEventsHandler(() -> Call.NOW);
        Context context = Call.context(new StringBuilder());
        long[] nanos = new long[400];
        for (int i = 0; i < nanos.length; i++) {
            long began = System.nanoTime();
            handler.handleRequest(new ByteArrayInputStream(request), new ByteArrayOutputStream(), context);
            nanos[i] = System.nanoTime() - began;
        }
        long first = nanos[0];
        long[] warm = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
        Arrays.sort(warm);
        System.out.printf(
                "500 records of %d bytes: first %.1f ms, warm median %.1f ms, 90th percentile %.1f ms%n",
                record.length, first / 1e6, warm[warm.length / 2] / 1e6, warm[warm.length * 9 / 10] / 1e6);
    }
}
