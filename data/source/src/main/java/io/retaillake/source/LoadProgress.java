package io.retaillake.source;

/** Told how a load goes on, by the thread that called the load. */
public interface LoadProgress {

    /** A step has begun, e.g. {@code "adding keys"}. */
    void step(String name);

    /** About once a second while purchases are copied, and once when all are. */
    void rows(long rowsDone, long rowsExpected);
}
