package io.retaillake.common.job;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory this process has used. */
public final class ProcessMemory {

    private static final long KIB_PER_MIB = 1024;

    private ProcessMemory() {}

    /**
     * In MiB, the most memory that the process ever held in its resident set where Linux tells it; else what the JVM's heap
     * holds now, which is less.
     */
    public static long peakMib() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElseGet(ProcessMemory::heapMib);
        } catch (IOException e) {
            return heapMib();
        }
    }

    private static long heapMib() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (KIB_PER_MIB * KIB_PER_MIB);
    }
}
