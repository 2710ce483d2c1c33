package io.retaillake.local;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A Java agent that ends its JVM when the process whose id is its argument is gone, so that no job outlives a runner that
 * was killed.
 */
public final class EndWithParent {

    private static final int EXIT_CODE = 143;
    private static final int PATIENCE_SECONDS = 10;

    private EndWithParent() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(String parentProcessId) {
        Optional<ProcessHandle> parent = ProcessHandle.of(Long.parseLong(parentProcessId));
        Thread watch = new Thread(
                () -> {
                    parent.ifPresent(process -> process.onExit().join());
                    end();
                },
                "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    /** Lets shutdown hooks run, but not for ever. */
    private static void end() {
        Runtime runtime = Runtime.getRuntime();
        CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS).execute(() -> runtime.halt(EXIT_CODE));
        runtime.exit(EXIT_CODE);
    }
}
