package io.retaillake.jobs.ops.sql;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkContext;

/** The statement that runs in a session, which another thread may cancel. */
final class RunningStatement {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SparkContext spark;
    private boolean runs;
    private boolean cancelled;

    RunningStatement(SparkContext spark) {
        this.spark = spark;
    }

    /** A statement begins. */
    synchronized void begin() {
        runs = true;
        cancelled = false;
    }

    /** The statement has ended, and can't be cancelled any more; returns whether it was. */
    synchronized boolean end() {
        runs = false;
        return cancelled;
    }

    /**
     * Cancels the statement, if one runs: ends its jobs until it has ended itself. Once would not do, for while it is planned it has no
     * job yet. Its thread is not interrupted, because Spark and the lake's catalog don't expect that everywhere.
     */
    synchronized void cancel() {
        if (!runs || cancelled) {
            return;
        }
        cancelled = true;
        Thread pursuit = new Thread(
                () -> {
                    while (endJobs()) {
                        LockSupport.parkNanos(INTERVAL_NANOS);
                    }
                },
                "cancel");
        pursuit.setDaemon(true);
        pursuit.start();
    }

    private synchronized boolean endJobs() {
        if (runs && cancelled) {
            spark.cancelAllJobs();
        }
        return runs && cancelled;
    }
}
