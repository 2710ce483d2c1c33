package io.retaillake.common.job;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends this JVM when the process is gone that the system property {@code retail-lake.parent-process} names by its id, so
 * that no job outlives a runner that was killed. Without the property nothing is watched.
 */
final class EndWithParent {

    private static final String PARENT_PROCESS = "retail-lake.parent-process";
    private static final int EXIT_CODE = 143;
    private static final int PATIENCE_SECONDS = 10;

    private EndWithParent() {}

    /** Watches the parent from now on; one that is gone already ends the JVM as well. */
    static void watch() {
        Long parentProcessId = Long.getLong(PARENT_PROCESS);
        if (parentProcessId == null) {
            return;
        }
        Optional<ProcessHandle> parent = ProcessHandle.of(parentProcessId);
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
