package io.retaillake.logs;

import com.macasaet.fernet.Key;
import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.ShellWords;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/logs demo}: an encrypted log from its server to a query's result. */
@Command(name = "demo", sortOptions = false, description = "Shows an encrypted log on its way into a lake.")
final class DemoCommand {

    private static final int TURNS = 3;
    private static final int RECORDS = 100;
    private static final Duration EVERY = Duration.ofSeconds(4);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final Set<Fault> FAULTS = EnumSet.of(Fault.MISSING, Fault.WRONG_KEY);
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String QUERY =
            "SELECT method, count(*) AS records, count(DISTINCT user_id) AS users, min(in_date) AS first, max(in_date) AS last"
                    + " FROM silver.access_logs GROUP BY method ORDER BY records DESC, method";

    @Option(names = "--seed", paramLabel = "<n>", description = "Of the records and faults; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    private DemoCommand() {}

    /** Shows it; what it makes is in {@code .work} of {@code project}, in place of an earlier demo's. */
    static void run(Path project, String... arguments) throws IOException, InterruptedException {
        DemoCommand demo = new DemoCommand();
        List<String> problems = Arguments.problems(Arguments.commandLine(demo), arguments);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        Path folder = project.resolve(".work/logs-demo");
        delete(folder);
        Path log = folder.resolve("log");
        Path lake = folder.resolve("lake");
        demo.collect(new LocalLogStore(log));
        runCommand(
                project,
                "submit",
                "BuildAccessLogs",
                "--lake",
                lake.toString(),
                "--logs",
                log.toString(),
                "--until",
                // The records are of the last minute; without it their hour would have to be over.
                LocalDateTime.ofInstant(CLOCK.instant(), ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.HOURS)
                        .plusHours(1)
                        .toString());
        runCommand(project, "sql", "--lake", lake.toString(), QUERY);
        say("and now, for counts by hour, method and address:");
        System.out.println("   bin/submit "
                + ShellWords.joined(
                        List.of("BuildTable", "--lake", lake.toString(), "--table", "gold.access_log_counts")));
    }

    private void collect(LogStore store) throws IOException, InterruptedException {
        Key key = Key.generateKey();
        LogFeed feed = new LogFeed(EVERY, RECORDS, seed, FAULTS, key);
        try (LogServer server = LogServer.start(feed, Set.of(), seed, Duration.ZERO, CLOCK, 0)) {
            say("serving " + RECORDS + " new records each " + EVERY.toSeconds() + " s on " + server.url()
                    + "/logs, some of them missing or of a wrong key; collecting " + TURNS + " turns");
            LogCollector collector = new LogCollector(
                    new CollectorSettings(
                            POLL,
                            CollectorSettings.DEFAULT.firstPause(),
                            CollectorSettings.DEFAULT.longestPause(),
                            CollectorSettings.DEFAULT.timePerRecord(),
                            CollectorSettings.DEFAULT.turnsKept()),
                    store,
                    new HttpLogSource(URI.create(server.url() + "/logs"), ANSWER_TIMEOUT, MAX_ANSWER_BYTES, CLOCK),
                    new KeyRing(() -> List.of(key), CLOCK),
                    CLOCK,
                    Waiting.real());
            long rawBytes = 0;
            long storedBytes = 0;
            for (int turn = 0; turn < TURNS; turn++) {
                Instant now = CLOCK.instant();
                TurnResult result = collector.collect(now, now.plus(EVERY.multipliedBy(2)));
                System.out.println("   " + result.line());
                rawBytes += result.rawBytes();
                storedBytes += result.storedBytes();
            }
            say("what arrived:");
            LogContent.of(store).lines().forEach(line -> System.out.println("   " + line));
            say(String.format(
                    Locale.ROOT,
                    "%,d bytes decrypted are stored in %,d, %.0f %%",
                    rawBytes,
                    storedBytes,
                    100.0 * storedBytes / rawBytes));
        }
    }

    private static void runCommand(Path project, String name, String... arguments)
            throws IOException, InterruptedException {
        say("bin/" + name + " " + ShellWords.joined(List.of(arguments)));
        int exitCode = new ProcessBuilder(
                        Stream.concat(Stream.of(project.resolve("bin/" + name).toString()), Stream.of(arguments))
                                .toList())
                .inheritIO()
                .start()
                .waitFor();
        if (exitCode != 0) {
            throw new CommandException(exitCode, "bin/" + name + " has failed; it says why above");
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void say(String line) {
        System.out.println("== " + line);
    }
}
