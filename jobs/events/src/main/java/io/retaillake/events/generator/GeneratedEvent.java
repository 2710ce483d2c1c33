package io.retaillake.events.generator;

import io.retaillake.common.event.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A payload, and what is to become of it.
 *
 * @param payload one JSON object, or what is none, without a line feed
 * @param partitionKey the user that it is of: events of one user have the same
 * @param madeAt when it was made, which may be later than when it happened
 * @param rejectReason the one reason why it is no event; none: it is one
 */
public record GeneratedEvent(String payload, String partitionKey, Instant madeAt, Optional<RejectReason> rejectReason) {

    /** The payload as it is sent. */
    public byte[] bytes() {
        return payload.getBytes(StandardCharsets.UTF_8);
    }
}
