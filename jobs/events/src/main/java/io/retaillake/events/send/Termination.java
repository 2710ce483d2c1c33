package io.retaillake.events.send;

import java.util.concurrent.CountDownLatch;

/** Has Ctrl-C and SIGTERM end the work between two batches, and the process only when the work has said what it did. */
final class Termination implements AutoCloseable {

    private final StopRequest stop = new StopRequest();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "termination");

    private Termination() {}

    /** From now on, until it is closed, the process' end requests a stop and waits. */
    static Termination watch() {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    /** What is requested by the process' end. */
    StopRequest stop() {
        return stop;
    }

    private void stopAndWait() {
        stop.request();
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook is running.
        }
    }
}
