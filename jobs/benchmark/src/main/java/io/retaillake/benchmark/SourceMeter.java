package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What contestants cost the source: for how long they keep a transaction open, which keeps PostgreSQL from cleaning up, and
 * its processor time. Every contestant logs in as the same user, who may see his own sessions.
 */
final class SourceMeter implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    /** A step says in tenths of a second for how long it worked, so that it may have begun earlier than it seems. */
    private static final double EARLIER_SECONDS = 0.2;

    private static final String OLDEST_TRANSACTION = """
            SELECT extract(epoch FROM clock_timestamp() - min(xact_start)) FROM pg_stat_activity
             WHERE usename = current_user AND pid <> pg_backend_pid()
            """;

    private final Connection connection;
    private final Optional<Long> server;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "source-meter");
        thread.setDaemon(true);
        return thread;
    });

    private record Sample(long nanos, double oldestTransactionSeconds) {}

    private SourceMeter(Connection connection, Optional<Long> server) {
        this.connection = connection;
        this.server = server;
    }

    static SourceMeter watch(MeasuredSource source) {
        try {
            Connection connection = source.connect();
            SourceMeter meter = new SourceMeter(connection, server(connection));
            Future<?> unused = meter.clock.scheduleAtFixedRate(
                    meter::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            return meter;
        } catch (SQLException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM, "the source refuses a connection: " + e.getMessage(), e);
        }
    }

    /** The longest that a transaction was open that began after {@code sinceNanos}; a tenth of a second may be missing. */
    synchronized double longestTransactionSeconds(long sinceNanos) {
        return samples.stream()
                .filter(sample -> (sample.nanos - sinceNanos) / NANOS_PER_SECOND + EARLIER_SECONDS
                        >= sample.oldestTransactionSeconds)
                .mapToDouble(Sample::oldestTransactionSeconds)
                .max()
                .orElse(0);
    }

    /** Processor time of PostgreSQL's processes since it was started; 0 where it is on another machine. */
    double cpuSeconds() {
        return server.flatMap(ProcStat::of)
                .map(process -> process.cpuSeconds()
                        + process.endedChildrensCpuSeconds()
                        + ProcStat.childrenOf(process.processId()).stream()
                                .mapToDouble(ProcStat::cpuSeconds)
                                .sum())
                .orElse(0.0);
    }

    private void look() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OLDEST_TRANSACTION)) {
            row.next();
            double seconds = row.getDouble(1);
            if (!row.wasNull()) {
                add(new Sample(System.nanoTime(), seconds));
            }
        } catch (SQLException e) {
            // The database is being closed, or a contestant fails for the same reason and says so.
        }
    }

    private synchronized void add(Sample sample) {
        samples.add(sample);
    }

    /** The server's main process, if it runs on this machine: the parent of this connection's. */
    private static Optional<Long> server(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_backend_pid(), inet_server_addr() <<= '127.0.0.0/8'")) {
            row.next();
            return row.getBoolean(2)
                    ? ProcStat.of(row.getLong(1)).filter(ProcStat::isPostgres).map(ProcStat::parentId)
                    : Optional.empty();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            connection.close();
        } catch (SQLException e) {
            // There is nothing left to do with it.
        }
    }
}
