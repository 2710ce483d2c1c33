package io.retaillake.common.event;

import java.time.Instant;
import java.util.Set;

/**
 * An accepted event. Its text form has nothing that tells a person.
 *
 * @param timestamp when it happened, to the microsecond
 * @param eventType what happened: login, purchase, …; {@code unknown} if the payload doesn't say
 * @param userId as in the payload, whether text or number; null if missing
 * @param ipAddress without what tells one connection ({@code 10.1.2.xxx}, {@code 2001:db8:1::xxxx}); null if missing or not understood
 * @param statusCode HTTP's; null if missing or not understood
 * @param statusCategory its class
 * @param responseSize in bytes; null if missing or not understood
 * @param path without the query's values; null if missing
 * @param notes which of the above the payload has, but not so that it could be used
 * @param processedAt when it was transformed, to the microsecond
 * @param etlVersion of the rules that it was transformed by
 */
public record Event(
        Instant timestamp,
        String eventType,
        String userId,
        String ipAddress,
        Integer statusCode,
        StatusCategory statusCategory,
        Long responseSize,
        String path,
        Set<Note> notes,
        Instant processedAt,
        String etlVersion)
        implements EventResult {

    @Override
    public String toString() {
        return "event of " + timestamp;
    }
}
