package io.retaillake.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process as {@code /proc/<id>/stat} describes it.
 *
 * @param processId the process's
 * @param name of its program
 * @param parentId the process that it belongs to
 * @param cpuSeconds its user and system time
 * @param endedChildrensCpuSeconds that of its children that have ended
 */
record ProcStat(long processId, String name, long parentId, double cpuSeconds, double endedChildrensCpuSeconds) {

    /** Linux tells times to programs in these units on every machine that it runs on here. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int PARENT = 1;
    private static final int USER_TIME = 11;

    /** Absent if there is no such process, or no {@code /proc}. */
    static Optional<ProcStat> of(long processId) {
        try {
            // A program's name is any bytes.
            return Optional.of(
                    parse(Files.readString(Path.of("/proc/" + processId + "/stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it is one of a PostgreSQL server's. */
    boolean isPostgres() {
        return name.startsWith("postgres");
    }

    /** The processes whose parent is {@code processId}. */
    static List<ProcStat> childrenOf(long processId) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.flatMap(process -> of(process.pid()).stream())
                    .filter(process -> process.parentId == processId)
                    .toList();
        }
    }

    /** The name is in parentheses and may hold some itself. */
    static ProcStat parse(String line) {
        int nameEnd = line.lastIndexOf(')');
        String[] fields = line.substring(nameEnd + 2).split(" ", -1);
        return new ProcStat(
                Long.parseLong(line.substring(0, line.indexOf(' '))),
                line.substring(line.indexOf('(') + 1, nameEnd),
                Long.parseLong(fields[PARENT]),
                seconds(fields[USER_TIME], fields[USER_TIME + 1]),
                seconds(fields[USER_TIME + 2], fields[USER_TIME + 3]));
    }

    private static double seconds(String userTicks, String systemTicks) {
        return (Long.parseLong(userTicks) + Long.parseLong(systemTicks)) / TICKS_PER_SECOND;
    }
}
