package io.retaillake.source;

/** The source cannot be set up as asked; the message says why and what to do, and is meant for the person who asked. */
public final class SourceException extends RuntimeException {

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
