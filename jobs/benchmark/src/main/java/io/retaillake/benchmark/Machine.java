package io.retaillake.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {

    /** The name of what says which processor and how many cores it has. */
    static final String PROCESSOR = "processor";

    /** The name of how much memory there is. */
    static final String MEMORY = "memory";

    /** The name of how many tasks or threads each contestant may run at once. */
    static final String TASKS = "tasks or threads";

    /** The name of how much memory each contestant has. */
    static final String HEAP = "heap or memory limit";

    private static final String UNKNOWN = "unknown";
    private static final double KIB_PER_GIB = 1024 * 1024;

    private Machine() {}

    /** Each property of the machine, in the order in which they are shown. */
    static Map<String, String> describe(Path libraries, Path sparkJars, String postgresVersion) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put(
                PROCESSOR,
                field("/proc/cpuinfo", "model name\\s*:\\s*(.*)").orElse(UNKNOWN) + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
        machine.put(
                MEMORY,
                field("/proc/meminfo", "MemTotal:\\s*(\\d+) kB")
                        .map(kib -> String.format(Locale.ROOT, "%.1f GiB", Long.parseLong(kib) / KIB_PER_GIB))
                        .orElse(UNKNOWN));
        machine.put(
                "system",
                field("/etc/os-release", "PRETTY_NAME=\"(.*)\"").orElse(System.getProperty("os.name")) + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        machine.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        machine.put("Spark", version(sparkJars, "spark-core_[0-9.]+-(.*)\\.jar"));
        machine.put("Iceberg", version(sparkJars, "iceberg-spark-runtime-.*-(.*)\\.jar"));
        machine.put("DuckDB", version(libraries, "duckdb_jdbc-(.*)\\.jar"));
        machine.put("PostgreSQL", postgresVersion);
        return machine;
    }

    private static Optional<String> field(String file, String pattern) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.map(Pattern.compile(pattern)::matcher)
                    .filter(Matcher::lookingAt)
                    .map(match -> match.group(1))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String version(Path jars, String pattern) {
        try (Stream<Path> all = Files.list(jars)) {
            return all.map(jar ->
                            Pattern.compile(pattern).matcher(jar.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> match.group(1))
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
