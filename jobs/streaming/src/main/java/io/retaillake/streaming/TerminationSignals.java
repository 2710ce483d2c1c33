package io.retaillake.streaming;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.util.SignalUtils;

/**
 * Has a process that is told to end do so after its work. A shutdown hook would come too late: when hooks run, Iceberg has ended the threads
 * by which it commits.
 */
final class TerminationSignals {

    private TerminationSignals() {}

    /** From now on the first SIGTERM or SIGINT calls {@code stop} in a thread of its own; a second one ends the process at once. */
    static void callInstead(Runnable stop) {
        AtomicBoolean called = new AtomicBoolean();
        for (String signal : List.of("TERM", "INT")) {
            SignalUtils.register(signal, () -> {
                boolean first = called.compareAndSet(false, true);
                if (first) {
                    new Thread(stop, "stop").start();
                }
                return first;
            });
        }
    }
}
