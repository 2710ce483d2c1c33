package io.retaillake.common.accesslog;

/** A line is none of a log's. The message repeats nothing of it, which may be personal. */
public final class MalformedLineException extends Exception {

    MalformedLineException(String why) {
        super("A line is none of an access log's: " + why);
    }
}
