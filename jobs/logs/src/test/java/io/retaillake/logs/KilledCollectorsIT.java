package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.macasaet.fernet.Key;
import io.retaillake.common.s3.S3Server;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of {@code bin/logs collect} on one log, of which one after the other is killed ({@code kill -9}) at a random moment and started
 * again. {@code -Dfaults.seed=…} chooses the moments.
 */
class KilledCollectorsIT {

    private static final Duration EVERY = Duration.ofSeconds(4);
    private static final int RECORDS = 40;

    /** A collector that was running so long while a record was shown has asked for it. */
    private static final long LONG_ENOUGH_MILLIS = 3000;

    private static final int START_SECONDS = 60;

    @TempDir
    private Path folder;

    private final List<Collector> all = new ArrayList<>();

    @Test
    void fourKillsInAFolder() throws Exception {
        kill(4, folder.resolve("log").toString(), Map.of());
    }

    @Test
    @Tag("faults")
    void fiftyKillsInAFolder() throws Exception {
        kill(50, folder.resolve("log").toString(), Map.of());
    }

    @Test
    @Tag("faults")
    void tenKillsOnS3() throws Exception {
        Path s3Folder = Files.createDirectory(folder.resolve("s3"));
        try (S3Server s3 = S3Server.start(Path.of(System.getProperty("s3proxy.jar")), s3Folder)) {
            s3.createBucket("logs");
            kill(10, "s3://logs/trial", s3.environment(s3.url()));
            // What the bucket's folder has is what its objects are.
            check(new LocalLogStore(s3.bucket("logs").resolve("trial")));
        }
    }

    private Map<Long, LogFeed.Shown> shown;

    private void kill(int kills, String logs, Map<String, String> environment) throws Exception {
        long seed = Long.getLong("faults.seed", System.nanoTime());
        System.out.println(kills + " kills with -Dfaults.seed=" + seed);
        Random random = new Random(seed);
        Key key = Key.generateKey();
        Path keyFile = folder.resolve("key");
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, key.serialise());
        LogFeed feed = new LogFeed(EVERY, RECORDS, seed, Set.of(), key);
        Clock clock = Clock.systemUTC();
        Instant began = clock.instant();
        List<Collector> running = new ArrayList<>();
        try (LogServer server = LogServer.start(feed, Set.of(), seed, EVERY, clock, 0)) {
            List<String> command = List.of(
                    "collect",
                    "--url",
                    server.url() + "/logs",
                    "--logs",
                    logs,
                    "--key-file",
                    keyFile.toString(),
                    "--every",
                    "4s",
                    "--offset",
                    "200ms",
                    "--poll",
                    "200ms");
            running.add(start(command, environment));
            running.add(start(command, environment));
            for (int i = 0; i < kills; i++) {
                Thread.sleep(random.nextInt((int) EVERY.toMillis()));
                running.remove(0).kill();
                running.add(start(command, environment));
            }
            // However slow the machine is, some records are shown to a collector that is at work.
            for (Collector collector : running) {
                collector.awaitStart();
            }
            Thread.sleep(EVERY.toMillis() + LONG_ENOUGH_MILLIS);
            shown = feed.shown(began, clock.instant());
            for (Collector collector : running) {
                assertThat(collector.terminate()).as("exit code after SIGTERM").isZero();
            }
        } finally {
            running.forEach(collector -> collector.process.destroyForcibly());
        }
        if (!logs.startsWith("s3:")) {
            check(new LocalLogStore(Path.of(logs)));
        }
        assertThat(all).flatExtracting(collector -> collector.lines).noneMatch(line -> line.startsWith("error"));
        assertThat(all).flatExtracting(collector -> collector.lines).noneMatch(line -> line.contains(key.serialise()));
    }

    private Collector start(List<String> arguments, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.retaillake.logs.Logs"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Collector collector = new Collector(builder.start());
        all.add(collector);
        return collector;
    }

    /** A process, and when it was at work. */
    private static final class Collector {

        private final Process process;
        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
        private volatile long from = Long.MAX_VALUE;
        private volatile long to = Long.MAX_VALUE;

        Collector(Process process) {
            this.process = process;
            Thread reader = new Thread(this::read, "output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    if (line.startsWith("collecting each")) {
                        from = System.currentTimeMillis();
                    }
                    lines.add(line);
                }
            } catch (IOException e) {
                lines.add("no more output: " + e);
            }
        }

        void awaitStart() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (from == Long.MAX_VALUE && System.nanoTime() < deadline) {
                Thread.sleep(100);
            }
            assertThat(from).as("start within " + START_SECONDS + " s").isLessThan(Long.MAX_VALUE);
        }

        void kill() {
            to = System.currentTimeMillis();
            process.destroyForcibly().onExit().join();
        }

        int terminate() throws InterruptedException {
            to = System.currentTimeMillis();
            process.destroy();
            assertThat(process.waitFor(START_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        boolean hadTimeFor(LogFeed.Shown record) {
            return Math.min(to, record.to()) - Math.max(from, record.from()) >= LONG_ENOUGH_MILLIS;
        }
    }

    private void check(LogStore store) {
        LogContent content = LogContent.of(store);
        assertThat(content.problems()).isEmpty();
        TreeMap<Long, Long> gaps =
                new TreeMap<>(new Turns(store, Turns.KEPT).newest().gaps());
        Set<Long> missed = new TreeSet<>();
        Set<Long> unaccounted = new TreeSet<>();
        long first = content.records().keySet().stream()
                .mapToLong(Long::parseLong)
                .min()
                .orElseThrow();
        long last = content.records().keySet().stream()
                .mapToLong(Long::parseLong)
                .max()
                .orElseThrow();
        int longEnough = 0;
        for (Map.Entry<Long, LogFeed.Shown> record : shown.entrySet()) {
            long id = record.getKey();
            boolean stored = content.records().containsKey(String.valueOf(id));
            if (all.stream().anyMatch(collector -> collector.hadTimeFor(record.getValue()))) {
                longEnough++;
                if (!stored) {
                    missed.add(id);
                }
            }
            Map.Entry<Long, Long> gap = gaps.floorEntry(id);
            boolean missing = gap != null && gap.getValue() >= id;
            if (id >= first && id <= last && stored == missing) {
                unaccounted.add(id);
            }
        }
        System.out.println(all.size() + " processes; " + shown.size() + " ids were shown, " + longEnough
                + " for long enough; stored " + content.records().size() + ", missing " + content.missing());
        assertThat(missed).as("shown for long enough, but not stored").isEmpty();
        assertThat(unaccounted).as("neither stored nor missing, or both").isEmpty();
        assertThat(longEnough).isPositive();
    }
}
