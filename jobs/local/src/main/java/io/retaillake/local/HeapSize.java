package io.retaillake.local;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sizes that a job's heap can have on this machine. */
public final class HeapSize {

    /** Spark refuses what leaves it less than 450 MiB, and a collector keeps some of a heap for itself. */
    private static final long LEAST_MIB = 512;

    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,8})([mMgG])");
    private static final long MIB_PER_GIB = 1024;
    private static final long BYTES_PER_MIB = 1024 * 1024;

    private HeapSize() {}

    /** What is wrong with {@code size}, and what can be given; nothing where a job can start in it. */
    public static Optional<String> problem(String size) {
        return problem(size, LEAST_MIB);
    }

    /** The same of a heap that is tried to see whether a job can start in it. */
    public static Optional<String> problemOfTrial(String size) {
        return problem(size, 1);
    }

    private static Optional<String> problem(String size, long leastMib) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            return Optional.of("give a size like 4g or 3500m, at least " + leastMib + "m");
        }
        long mib = mib(size);
        if (mib < leastMib) {
            return Optional.of("Spark needs at least " + leastMib + "m");
        }
        long machineMib = machineMib();
        return mib > machineMib
                ? Optional.of("this machine has " + machineMib + "m; give less than that")
                : Optional.empty();
    }

    /** A size without problems, in MiB. */
    static long mib(String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(size);
        }
        return Long.parseLong(matcher.group(1)) * (matcher.group(2).equalsIgnoreCase("g") ? MIB_PER_GIB : 1);
    }

    /** The machine's memory, or the container's limit where it has one. */
    private static long machineMib() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() / BYTES_PER_MIB;
    }
}
