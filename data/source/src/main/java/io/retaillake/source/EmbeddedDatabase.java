package io.retaillake.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own, for one machine: it listens on a free port of 127.0.0.1 and asks for a generated
 * password. It stops when it is closed and when the JVM ends.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final String USER = "postgres";
    private static final String DATABASE = "DEEnhancement";
    private static final String PASSWORD = "password";
    private static final long START_SECONDS = 60;

    /** After a crash a server repeats what it had not written out: up to 8 GB. */
    private static final long RECOVERY_SECONDS = 1200;

    /** SQLState of a server that starts, recovers or stops. */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** Sessions are ended, and what is in memory is written out. */
    private static final String FAST = "fast";

    private final Path directory;
    private final boolean temporary;
    private final Map<String, String> settings;
    private final FileChannel lockFile;
    private final FileLock lock;
    private final PostgresServer server;
    private final int port;
    private final String password;
    private final Thread shutdownHook = new Thread(this::stop, "stop embedded database");
    private boolean stopped;

    /**
     * Starts on a directory of ours, where a later start finds the data again (on another port). Writes reach the disk in
     * order, though a crash of the machine may lose the last second's.
     *
     * @throws SourceException if the server does not start, with the end of its log, or the directory is in use
     */
    public static EmbeddedDatabase start(Path directory) {
        return start(directory, false, Map.of());
    }

    /** Starts on a new directory that is deleted at the end; faster, because nothing has to survive a crash. */
    public static EmbeddedDatabase startTemporary() {
        return startTemporary(Map.of());
    }

    /** The same with these settings of the server beside, or in place of, the usual ones. */
    public static EmbeddedDatabase startTemporary(Map<String, String> settings) {
        return start(temporaryDirectory(), true, settings);
    }

    /**
     * Starts a hot standby on a copy of this server's data: it replays what this one writes, and answers queries. This
     * server is restarted for the copy; it must have been started with the setting {@code wal_level=replica} and some
     * {@code max_wal_senders}.
     */
    public EmbeddedDatabase startStandby() throws IOException {
        Path copy = temporaryDirectory();
        server.stop(FAST);
        server.copyTo(copy);
        Files.copy(passwordFile(), copy.resolve(PASSWORD), StandardCopyOption.COPY_ATTRIBUTES);
        server.start(port, temporary, settings);
        awaitConnections();
        return start(copy, true, Standby.prepare(copy, this, settings));
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("retail-lakehouse-postgresql-");
        } catch (IOException e) {
            throw new UncheckedIOException("Could not create a directory for the embedded PostgreSQL.", e);
        }
    }

    private static EmbeddedDatabase start(Path directory, boolean temporary, Map<String, String> settings) {
        try {
            return new EmbeddedDatabase(directory.toAbsolutePath().normalize(), temporary, settings);
        } catch (IOException e) {
            throw new SourceException("Could not start the embedded PostgreSQL in " + directory + ": " + e, e);
        }
    }

    private EmbeddedDatabase(Path directory, boolean temporary, Map<String, String> settings) throws IOException {
        this.directory = directory;
        this.temporary = temporary;
        this.settings = Map.copyOf(settings);
        Files.createDirectories(directory);
        lockFile = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock = lock();
        try {
            server = new PostgresServer(PostgresBinaries.unpack(), directory);
            server.stopLeftOver();
            if (!server.isInitialized()) {
                writePassword(passwordFile());
                server.initialize(USER, passwordFile());
            }
            password = Files.readString(passwordFile());
            port = freePort();
            Runtime.getRuntime().addShutdownHook(shutdownHook);
            try {
                server.start(port, temporary, settings);
                awaitConnections();
            } catch (IOException | RuntimeException e) {
                close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            if (temporary) {
                Directories.delete(directory);
            }
            throw e;
        }
    }

    private FileLock lock() throws IOException {
        FileLock acquired = null;
        try {
            acquired = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this JVM: as good as held by another.
        }
        if (acquired == null) {
            lockFile.close();
            throw new SourceException("The embedded PostgreSQL in " + directory
                    + " is in use by another run. Wait for it to end, or name another directory.");
        }
        return acquired;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** The database's name, as in the real source. */
    public String database() {
        return DATABASE;
    }

    /** The superuser's name. */
    public String username() {
        return USER;
    }

    /** The superuser's password: for a connection, or a secret's file that only its owner can read. */
    public String password() {
        return password;
    }

    /** A connection of the superuser. */
    public Connection connect() throws SQLException {
        return connect(DATABASE, USER, password);
    }

    /** A connection of another role. */
    public Connection connect(String user, String userPassword) throws SQLException {
        return connect(DATABASE, user, userPassword);
    }

    private Connection connect(String database, String user, String userPassword) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", userPassword);
        properties.setProperty("connectTimeout", "10");
        return DriverManager.getConnection("jdbc:postgresql://" + host() + ":" + port + "/" + database, properties);
    }

    private void awaitConnections() throws IOException {
        long started = System.nanoTime();
        while (true) {
            try (Connection connection = connect("postgres", USER, password)) {
                createDatabase(connection);
                return;
            } catch (SQLException e) {
                if (server.endsWithin(100) || secondsSince(started) > patienceSeconds(e.getSQLState())) {
                    throw new SourceException(
                            "The embedded PostgreSQL in " + directory + " did not start: " + e.getMessage()
                                    + System.lineSeparator() + server.logTail(),
                            e);
                }
            }
        }
    }

    private static long secondsSince(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
    }

    /** How long a server may take that answers so; a negative number where waiting is of no use. */
    private static long patienceSeconds(String sqlState) {
        if (CANNOT_CONNECT_NOW.equals(sqlState)) {
            return RECOVERY_SECONDS;
        }
        return sqlState == null || sqlState.startsWith("08") ? START_SECONDS : -1;
    }

    private static void createDatabase(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + SqlScript.quoted(DATABASE));
            }
        }
    }

    /** Stops the server by {@code pg_ctl} in this mode, open connections or not, and starts it again on the same port. */
    public void restart(String mode) throws IOException {
        server.stop(mode);
        server.start(port, temporary, settings);
        awaitConnections();
    }

    /** Stops the server, open connections or not; a temporary one's directory is deleted. May be called again. */
    @Override
    public void close() {
        stop();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is ending: the hook is running or has run.
        }
    }

    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            server.stop(FAST);
            lock.release();
            lockFile.close();
            if (temporary) {
                Directories.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not stop the embedded PostgreSQL in " + directory + ".", e);
        }
    }

    private Path passwordFile() {
        return directory.resolve(PASSWORD);
    }

    private static void writePassword(Path file) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Directories.writeOwnersFile(
                file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL at " + host() + ":" + port + " in " + directory;
    }
}
