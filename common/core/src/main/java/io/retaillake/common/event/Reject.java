package io.retaillake.common.event;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** A payload that isn't an event. Its text form has reasons and size only, for the payload may hold anything. */
public final class Reject implements EventResult {

    private final Set<RejectReason> reasons;
    private final byte[] payload;

    Reject(EnumSet<RejectReason> reasons, byte[] payload) {
        this.reasons = Collections.unmodifiableSet(reasons);
        this.payload = payload;
    }

    /** Every reason, one at least. */
    public Set<RejectReason> reasons() {
        return reasons;
    }

    /** The bytes as they came, with whatever personal data is in them; not a copy. */
    public byte[] payload() {
        return payload;
    }

    @Override
    public String toString() {
        return payload.length + " bytes rejected: " + reasons;
    }
}
