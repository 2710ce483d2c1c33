package io.retaillake.common.accesslog;

import java.time.Duration;

/** How long reading one record may take. What is read is of a bounded size and in time proportional to it; this is for what nobody thought of. */
public final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** From now on. */
    public static Deadline after(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /**
     * Goes on if there is time.
     *
     * @throws NotARecordException {@link RejectReason#TOO_SLOW} if there is none
     */
    public void check() throws NotARecordException {
        if (System.nanoTime() - end > 0) {
            throw new NotARecordException(RejectReason.TOO_SLOW, "reading the record took longer than it may");
        }
    }
}
