package io.retaillake.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Times what a contestant's process does, step by step, and tells it on standard error. */
final class Steps {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Path folder;
    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** A part of the work. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** For a process that writes to {@code folder}. */
    Steps(Path folder) {
        this.folder = folder;
    }

    /** Does {@code work}, which is all of the step. */
    void run(String layer, String name, Work work) throws Exception {
        System.err.println("begin " + name);
        long bytes = Folders.bytes(folder);
        long cpuNanos = process.getProcessCpuTime();
        long nanos = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - nanos) / NANOS_PER_SECOND;
        double cpuSeconds = (process.getProcessCpuTime() - cpuNanos) / NANOS_PER_SECOND;
        System.err.println(new StepLine(layer, name, seconds, cpuSeconds, Folders.bytes(folder) - bytes).text());
    }
}
