package io.retaillake.logs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Has a process that is told to end (SIGTERM, SIGINT) finish what it is writing, and exit with 0: it stops where it waits, and nowhere else.
 */
final class Termination implements Waiting {

    /** What is being written takes a second or two; a store that doesn't answer must not keep the process for ever. */
    private static final long LONGEST_END_SECONDS = 60;

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean asTold;

    private Termination() {}

    /** From now on. */
    static Termination watch() {
        Termination termination = new Termination();
        Runtime.getRuntime().addShutdownHook(new Thread(termination::end, "termination"));
        return termination;
    }

    private void end() {
        told.countDown();
        try {
            boolean inTime = ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
            if (inTime && asTold) {
                System.out.flush();
                // Otherwise the process would exit with the signal's code, as if it had been cut off.
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
        if (told.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("the process is told to end");
        }
    }

    /** The work has ended: because the process was told to, and then this doesn't return; or otherwise, and then it exits as it likes. */
    void workHasEnded() throws InterruptedException {
        asTold = told.getCount() == 0;
        ended.countDown();
        if (asTold) {
            // The hook halts.
            Thread.currentThread().join();
        }
    }
}
