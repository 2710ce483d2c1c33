package io.retaillake.events.send;

import io.retaillake.events.generator.GeneratedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What a service takes in one call.
 *
 * @param records at most
 * @param callBytes of all records of a call together, before their encoding
 * @param recordBytes of one record
 * @param size what a record counts, in bytes
 */
record PutLimits(int records, int callBytes, int recordBytes, ToIntFunction<GeneratedEvent> size) {

    /** Whether the record alone is more than the service ever takes. */
    boolean isTooLarge(GeneratedEvent event) {
        return size.applyAsInt(event) > recordBytes;
    }

    /** The events in their order, as many in each call as the limits allow. */
    List<List<GeneratedEvent>> calls(List<GeneratedEvent> events) {
        List<List<GeneratedEvent>> calls = new ArrayList<>();
        List<GeneratedEvent> call = new ArrayList<>();
        long bytes = 0;
        for (GeneratedEvent event : events) {
            int more = size.applyAsInt(event);
            if (!call.isEmpty() && (call.size() == records || bytes + more > callBytes)) {
                calls.add(call);
                call = new ArrayList<>();
                bytes = 0;
            }
            call.add(event);
            bytes += more;
        }
        if (!call.isEmpty()) {
            calls.add(call);
        }
        return calls;
    }
}
