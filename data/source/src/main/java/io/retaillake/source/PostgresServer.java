package io.retaillake.source;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs over one directory: its data in {@code data}, its messages in {@code postgresql.log}. The
 * programs refuse to run as root, so root runs them in a user namespace in which it is nobody.
 */
final class PostgresServer {

    private static final int LOG_TAIL_LINES = 30;
    private static final long STOP_SECONDS = 60;
    private static final String INITIALIZING = "initializing-";

    /**
     * Becomes the server, and leaves a process behind that shuts it down when its standard input ends, as it does when the
     * JVM has gone without stopping it. A server that is only starting may miss the first signal.
     */
    private static final String ENDING_WITH_PARENT =
            "exec 3<&0; ( ( read -r nothing; while kill -INT $$; do sleep 1; done ) <&3 >/dev/null 2>&1 & )"
                    + "; exec \"$@\" 3<&- </dev/null";

    private final Path programs;
    private final Path directory;
    private final Path data;
    private final Path log;
    private Process process;

    PostgresServer(Path binaries, Path directory) {
        this.programs = binaries.resolve("bin");
        this.directory = directory;
        this.data = directory.resolve("data");
        this.log = directory.resolve("postgresql.log");
    }

    boolean isInitialized() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /**
     * Makes an empty cluster whose only user has the file's password and needs it on every connection. One that was cut off
     * has everything but its rows, so it is made elsewhere and moved when it is whole.
     */
    void initialize(String user, Path passwordFile) throws IOException {
        deleteUnfinished();
        Path unfinished = Files.createTempDirectory(directory, INITIALIZING);
        run(
                "initdb",
                "--pgdata=" + unfinished,
                "--username=" + user,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync",
                "--no-instructions");
        Files.move(unfinished, data);
    }

    private void deleteUnfinished() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, INITIALIZING + "*")) {
            for (Path unfinished : all) {
                try {
                    Directories.delete(unfinished);
                } catch (IOException | UncheckedIOException e) {
                    // A killed run's initdb is still writing there; the next initialization deletes it.
                }
            }
        }
    }

    /** Starts with the usual settings, and with {@code more}, which may be others of the same name. */
    void start(int port, boolean temporary, Map<String, String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", ENDING_WITH_PARENT, "sh"));
        command.addAll(command("postgres", "-D", data.toString()));
        Map<String, String> settings = new TreeMap<>(settings(port, temporary));
        settings.putAll(more);
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        process = builder(command)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
                .start();
    }

    private static Map<String, String> settings(int port, boolean temporary) {
        String durable = temporary ? "off" : "on";
        return Map.ofEntries(
                Map.entry("port", Integer.toString(port)),
                Map.entry("listen_addresses", "127.0.0.1"),
                Map.entry("unix_socket_directories", ""),
                Map.entry("max_connections", "100"),
                Map.entry("shared_buffers", "512MB"),
                Map.entry("work_mem", "64MB"),
                Map.entry("maintenance_work_mem", "512MB"),
                Map.entry("wal_level", "minimal"),
                Map.entry("max_wal_senders", "0"),
                Map.entry("max_wal_size", "8GB"),
                Map.entry("checkpoint_timeout", "30min"),
                Map.entry("synchronous_commit", "off"),
                Map.entry("fsync", durable),
                Map.entry("full_page_writes", durable),
                Map.entry("max_parallel_workers", "4"),
                Map.entry("max_parallel_maintenance_workers", "2"));
    }

    /** Copies the data of the stopped server to where another one in {@code directory} has it. */
    void copyTo(Path directory) throws IOException {
        Directories.copy(data, new PostgresServer(programs.getParent(), directory).data);
    }

    /** Whether the server's process ends within this time. */
    boolean endsWithin(long milliseconds) {
        try {
            return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Stops by {@code pg_ctl} in this mode and waits for the end, interrupted or not. */
    void stop(String mode) throws IOException {
        if (process == null || !process.isAlive()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            // This fails if the server is ending already, as it does on Ctrl-C in a terminal; what counts is that it
            // ends.
            int unused = exitCode("pg_ctl", "stop", "--pgdata=" + data, "--mode=" + mode, "--timeout=" + STOP_SECONDS);
            if (!endsWithin(TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
                process.destroyForcibly();
                throw new SourceException("The PostgreSQL in " + directory + " did not stop within " + STOP_SECONDS
                        + " s and was killed." + System.lineSeparator() + logTail());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Stops a server that a killed run left behind; the caller has made sure that no other run uses the directory. */
    void stopLeftOver() throws IOException {
        if (!isLeftOver()) {
            return;
        }
        int exitCode = exitCode("pg_ctl", "stop", "--pgdata=" + data, "--mode=fast", "--timeout=" + STOP_SECONDS);
        // It fails as well if the server ended by itself meanwhile.
        if (exitCode != 0 && isLeftOver()) {
            throw new SourceException("The PostgreSQL that an earlier run left in " + directory
                    + " did not stop within " + STOP_SECONDS + " s." + System.lineSeparator() + logTail());
        }
    }

    /** Whether the process that the directory names lives and is a server; after a crash its id may be another's. */
    private boolean isLeftOver() throws IOException {
        String processId;
        try {
            processId = Files.readString(data.resolve("postmaster.pid"))
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (NoSuchFileException e) {
            return false;
        }
        return processId.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(processId))
                        .flatMap(server -> server.info().command())
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
    }

    /** The log's last lines, for an error message. */
    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return "The end of " + log + ":" + System.lineSeparator()
                    + String.join(
                            System.lineSeparator(),
                            lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "Its log " + log + " cannot be read: " + e;
        }
    }

    private void run(String program, String... arguments) throws IOException {
        int exitCode = exitCode(program, arguments);
        if (exitCode != 0) {
            throw new SourceException("PostgreSQL's " + program + " failed with exit code " + exitCode + " in "
                    + directory + "." + System.lineSeparator() + logTail());
        }
    }

    private int exitCode(String program, String... arguments) throws IOException {
        Process running = builder(command(program, arguments))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        try {
            return running.waitFor();
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new SourceException("Interrupted while PostgreSQL's " + program + " was running.", e);
        }
    }

    private List<String> command(String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            if (!LinuxUtils.isUnshareAvailable()) {
                throw new SourceException("PostgreSQL does not run as root, and this machine does not let root make a"
                        + " user namespace (unshare -U). Run as another user.");
            }
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        // A person's own settings for psql would be taken for the server's.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }
}
