package io.retaillake.jobs.bronze;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is done again and again beside a test, until this is closed or it fails. */
final class Repeatedly implements AutoCloseable {

    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> rounds;

    private Repeatedly(Action action) {
        rounds = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                perform(action);
            }
        });
    }

    /** What is done. */
    @FunctionalInterface
    interface Action {
        void perform() throws Exception;
    }

    static Repeatedly begin(Action action) {
        return new Repeatedly(action);
    }

    private static void perform(Action action) {
        try {
            action.perform();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Ends it after the round that it is in; fails if a round has failed. */
    @Override
    public void close() {
        ended.set(true);
        rounds.join();
    }
}
