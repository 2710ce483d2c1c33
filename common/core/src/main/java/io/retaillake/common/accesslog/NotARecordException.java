package io.retaillake.common.accesslog;

/** A text is no record. The message says where and why, and repeats nothing of the text, which may be personal. */
public final class NotARecordException extends Exception {

    private final RejectReason reason;

    /** A reason, and what is wrong. */
    public NotARecordException(RejectReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What it is rejected for. */
    public RejectReason reason() {
        return reason;
    }
}
