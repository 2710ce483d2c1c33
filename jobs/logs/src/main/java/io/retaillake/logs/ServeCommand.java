package io.retaillake.logs;

import com.macasaet.fernet.Key;
import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/logs serve}: a server to try the collector with. */
@Command(
        name = "serve",
        sortOptions = false,
        description = "Serves generated, encrypted records, on this machine only.")
final class ServeCommand {

    /** Longer than a collector waits. */
    private static final Duration SLOW = Duration.ofSeconds(25);

    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_RECORDS = 10_000;

    @Option(
            names = "--key-file",
            paramLabel = "<file>",
            description = "The file with the key; it is made if it isn't there.")
    private Path keyFile;

    @Option(names = "--port", paramLabel = "<n>", description = "The port; default a free one.")
    private int port;

    @Option(
            names = "--every",
            paramLabel = "<time>",
            converter = Durations.class,
            description = "How often there are new records; default 180s.")
    private Duration every = Duration.ofMinutes(3);

    @Option(
            names = "--records",
            paramLabel = "<n>",
            description = "How many new records each time, and how many are shown; default ${DEFAULT-VALUE}.")
    private int records = 100;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            description = "The same seed gives the same records at the same time; default: another each time.")
    private long seed = new Random().nextInt(Integer.MAX_VALUE);

    @Option(
            names = "--fault",
            paramLabel = "<kind>",
            split = ",",
            description =
                    "What goes wrong now and then, several by commas: late, repeated, missing, wrong-key, truncated, slow,"
                            + " error-500, error-429, content-type.")
    private List<String> faults = List.of();

    private ServeCommand() {}

    /** Serves until it is ended. */
    static void run(String... arguments) throws IOException, InterruptedException {
        ServeCommand command = new ServeCommand();
        List<String> problems = Arguments.problems(Arguments.commandLine(command), arguments);
        Set<Fault> faults = command.check(problems);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        command.serve(faults);
    }

    private Set<Fault> check(List<String> problems) {
        if (keyFile == null) {
            problems.add("--key-file is missing; the key is written there, if there is no such file");
        }
        if (port < 0 || port > HIGHEST_PORT) {
            problems.add("--port is " + port + "; allowed: 0 to " + HIGHEST_PORT);
        }
        if (every.toMillis() < 100 || every.compareTo(Duration.ofDays(1)) > 0) {
            problems.add("--every is " + every.toMillis() + "ms; allowed: 100ms to 24h");
        }
        if (records < 1 || records > MOST_RECORDS) {
            problems.add("--records is " + records + "; allowed: 1 to " + MOST_RECORDS);
        }
        Set<Fault> chosen = EnumSet.noneOf(Fault.class);
        for (String fault : faults) {
            Fault.of(fault)
                    .ifPresentOrElse(
                            chosen::add,
                            () -> problems.add("--fault is '" + fault + "'; allowed: "
                                    + Arrays.stream(Fault.values())
                                            .map(Fault::option)
                                            .collect(Collectors.joining(", "))));
        }
        return chosen;
    }

    private void serve(Set<Fault> chosen) throws IOException, InterruptedException {
        Key key = key();
        LogFeed feed = new LogFeed(every, records, seed, chosen, key);
        try (LogServer server = LogServer.start(feed, chosen, seed, SLOW, Clock.systemUTC(), port)) {
            System.out.println("serving " + records + " records each " + every.toMillis() / 1000.0 + " s on "
                    + server.url() + "/logs, seed " + seed);
            System.out.println("what was shown when: " + server.url() + "/shown");
            System.out.println("the key is in " + keyFile);
            Thread.currentThread().join();
        }
    }

    private Key key() {
        try {
            if (!Files.exists(keyFile)) {
                boolean isPosix =
                        Files.getFileStore(keyFile.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
                if (isPosix) {
                    Files.createFile(
                            keyFile,
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                }
                Files.writeString(keyFile, Key.generateKey().serialise() + "\n");
            }
            return new KeyFile(keyFile).read().get(0);
        } catch (IOException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM,
                    "--key-file " + keyFile + " can't be written: " + e + "\nname a file in a folder that is there",
                    e);
        }
    }
}
