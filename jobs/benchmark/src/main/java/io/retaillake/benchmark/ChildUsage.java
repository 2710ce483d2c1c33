package io.retaillake.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Processor time and peak memory of this process's children and of theirs, but for PostgreSQL's, as Linux tells them in
 * {@code /proc}. They are looked at ten times a second, so at most a tenth of a second of each core is missing of a process's
 * end.
 */
final class ChildUsage implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 100;
    private static final int BYTES_PER_KIB = 1024;

    private final Map<Long, Usage> seen = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "child-usage");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What a process has used.
     *
     * @param cpuSeconds user and system time
     * @param peakBytes the most that was resident
     */
    record Usage(double cpuSeconds, long peakBytes) {

        private static final Usage NONE = new Usage(0, 0);

        private Usage atLeast(Usage other) {
            return new Usage(Math.max(cpuSeconds, other.cpuSeconds), Math.max(peakBytes, other.peakBytes));
        }
    }

    static ChildUsage watch() {
        ChildUsage usage = new ChildUsage();
        Future<?> unused =
                usage.clock.scheduleAtFixedRate(usage::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return usage;
    }

    /** What the child with this id has used, or had used when it was last looked at. */
    Usage of(long processId) {
        return seen.getOrDefault(processId, Usage.NONE);
    }

    /** What all children have used so far: their processor time together, and the most that the largest of them held. */
    Usage ofAll() {
        look();
        return new Usage(
                seen.values().stream().mapToDouble(Usage::cpuSeconds).sum(),
                seen.values().stream().mapToLong(Usage::peakBytes).max().orElse(0));
    }

    /** Begins to count anew; for a moment at which there are no children. */
    void forget() {
        seen.clear();
    }

    private void look() {
        ProcessHandle.current()
                .descendants()
                .flatMap(process -> ProcStat.of(process.pid()).stream())
                .filter(process -> !process.isPostgres())
                .forEach(process -> seen.merge(
                        process.processId(),
                        new Usage(process.cpuSeconds(), peakBytes(process.processId())),
                        Usage::atLeast));
    }

    private static long peakBytes(long processId) {
        try {
            return Files.readString(Path.of("/proc/" + processId + "/status"))
                    .lines()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            // It has ended.
            return 0;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
