package io.retaillake.common.job;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends this JVM when the process is gone that the system property {@code retail-lake.parent-process} names by its id, so
 * that no job outlives a runner that was killed. Without the property nothing is watched.
 */
public final class ParentProcessWatch {

    private static final String PARENT_PROCESS = "retail-lake.parent-process";
    private static final int EXIT_CODE = 137;
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private ParentProcessWatch() {}

    /** Watches the parent from now on; one that is gone already ends the JVM as well. */
    public static void watch() {
        Long parentProcessId = Long.getLong(PARENT_PROCESS);
        if (parentProcessId == null) {
            return;
        }
        Optional<ProcessHandle> parent = ProcessHandle.of(parentProcessId);
        boolean isOwnParent = isOwnParent(parentProcessId);
        Thread watch = new Thread(
                () -> {
                    // Process.onExit() looks every few seconds only, and takes a dead process that nobody has asked
                    // about for a living one; its children have another parent at once.
                    while (parent.isPresent()
                            && parent.get().isAlive()
                            && (!isOwnParent || isOwnParent(parentProcessId))) {
                        LockSupport.parkNanos(INTERVAL_NANOS);
                    }
                    end();
                },
                "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private static boolean isOwnParent(long processId) {
        return ProcessHandle.current()
                .parent()
                .filter(parent -> parent.pid() == processId)
                .isPresent();
    }

    /**
     * As abruptly as the runner: shutdown hooks, and writing the archive of classes, would take a while in which the next
     * runner may begin.
     */
    private static void end() {
        try {
            String processId = Long.toString(ProcessHandle.current().pid());
            new ProcessBuilder("kill", "-KILL", processId).start().waitFor();
        } catch (IOException | InterruptedException e) {
            // Then without a signal.
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
