package io.retaillake.generator;

/** Told how a load goes on, by the thread that called the load. */
public interface LoadProgress {

    /** A step has begun, e.g. {@code "adding purchase_pkey"}. */
    void step(String name);

    /** About once a second while purchases are copied, and once when all are. */
    void rows(long rowsDone, long rowsExpected);
}
