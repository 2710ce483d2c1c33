package io.retaillake.jobs.bronze;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.source.SourceRelation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One state of the database that any number of connections can read. It lives as long as the transaction that exported it,
 * which this object keeps open; the tables are locked against being truncated or rewritten meanwhile.
 */
final class SourceSnapshot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceSnapshot.class);
    private static final int PING_INTERVAL_SECONDS = 5;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Settings of a role or a database that would end a long extraction are not meant for it. */
    private static final String NO_TIMEOUTS =
            "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0; ";

    /** One more of them, which servers before PostgreSQL 17 don't have and would refuse to set. */
    private static final String NO_TRANSACTION_TIMEOUT =
            "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'";

    /** Time for a session that is rewriting a table to come to its end. */
    private static final String EXPORTERS_LIMITS = NO_TIMEOUTS + "SET LOCAL lock_timeout = '60s'";

    /**
     * A session that wants to truncate or rewrite a table waits for the snapshot's end, and who comes later waits for that
     * session: without a limit, the extraction's own readers would wait for the extraction's end.
     */
    private static final String READERS_LIMITS =
            NO_TIMEOUTS + "SET LOCAL lock_timeout = '5s'; " + NO_TRANSACTION_TIMEOUT;

    /** SQLState of a statement in a transaction in which another has failed. */
    private static final String ABORTED = "25P02";

    private final Connection connection;
    private final String id;
    private final String position;
    private final Instant takenAt;
    private final Instant replayedUntil;
    private final ScheduledExecutorService pings = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "source-snapshot");
        thread.setDaemon(true);
        return thread;
    });
    private volatile SQLException loss;
    private volatile boolean released;
    private volatile Runnable whenLost = () -> {};

    private SourceSnapshot(Connection connection, String id, String position, Instant takenAt, Instant replayedUntil) {
        this.connection = connection;
        this.id = id;
        this.position = position;
        this.takenAt = takenAt;
        this.replayedUntil = replayedUntil;
    }

    /**
     * Locks {@code relations} and exports a snapshot of them in {@code connection}, which belongs to the snapshot from then
     * on.
     *
     * @throws JobException exit code 4 when the server refuses
     */
    static SourceSnapshot export(Connection connection, List<SourceRelation> relations) {
        try (Statement statement = connection.createStatement()) {
            // Before the transaction, whose first query takes its snapshot, and that must not be older than the locks.
            statement.execute(NO_TRANSACTION_TIMEOUT);
            connection.setAutoCommit(false);
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            statement.execute(EXPORTERS_LIMITS);
            for (SourceRelation relation : relations) {
                // Without the lock, a TRUNCATE would show the table empty even to an older snapshot.
                if (relation.isLockable()) {
                    statement.execute("LOCK TABLE " + relation.quotedName() + " IN ACCESS SHARE MODE");
                }
            }
            for (SourceRelation relation : relations) {
                // Rows that REFRESH writes are seen by older snapshots, too. LOCK TABLE takes no materialized view, nor
                // one beneath a view; to begin to read it takes the same lock. What is in a foreign table can't be
                // protected from here.
                statement.execute("SELECT FROM " + relation.quotedName() + " LIMIT 0");
            }
            ResultSet row = statement.executeQuery("""
                    SELECT pg_export_snapshot(),
                           CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
                           clock_timestamp(),
                           CASE WHEN pg_is_in_recovery() THEN pg_last_xact_replay_timestamp() END
                    """);
            row.next();
            Timestamp replayedUntil = row.getTimestamp(4);
            SourceSnapshot snapshot = new SourceSnapshot(
                    connection,
                    row.getString(1),
                    row.getString(2),
                    row.getTimestamp(3).toInstant(),
                    replayedUntil == null ? null : replayedUntil.toInstant());
            Future<?> unused = snapshot.pings.scheduleWithFixedDelay(
                    snapshot::ping, PING_INTERVAL_SECONDS, PING_INTERVAL_SECONDS, TimeUnit.SECONDS);
            return snapshot;
        } catch (SQLException e) {
            closeQuietly(connection);
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw lockedBySomebody(e);
            }
            if (RecoveryConflict.find(e).isPresent()) {
                throw RecoveryConflict.explain(e, 1, e);
            }
            throw JobException.outsideSystem(
                    "The source does not export a snapshot: " + e.getMessage()
                            + "\nThe user needs SELECT on every extracted table.",
                    e);
        }
    }

    /** Explains that a table could not be read because of another session's lock, if that is why {@code failure} came. */
    static Optional<JobException> explainLock(Throwable failure) {
        return Failures.find(failure, SQLException.class)
                .filter(e -> LOCK_NOT_AVAILABLE.equals(e.getSQLState()))
                .map(SourceSnapshot::lockedBySomebody);
    }

    private static JobException lockedBySomebody(SQLException e) {
        return JobException.outsideSystem(
                "Another session of the source holds or waits for an exclusive lock on a table to extract (TRUNCATE,"
                        + " ALTER TABLE, VACUUM FULL …): " + e.getMessage()
                        + "\nNothing was published. See pg_locks and pg_stat_activity (of the primary, too, if the"
                        + " source is a standby) for who it is, and repeat the run"
                        + " with the same --run-id when that session is done.",
                e);
    }

    private void ping() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            // A statement of ours that failed has aborted the transaction; its own error says more than a loss.
            if (loss == null && !released && !ABORTED.equals(e.getSQLState())) {
                loss = e;
                LOG.warn("The transaction that holds snapshot {} is gone: {}", id, e.getMessage());
                whenLost.run();
            }
        }
    }

    /** Its id, for {@code SET TRANSACTION SNAPSHOT}. */
    String id() {
        return id;
    }

    /** The position in the write-ahead log (replayed so far, on a standby) when it was taken. */
    String position() {
        return position;
    }

    /** When it was taken, by the database's clock. */
    Instant takenAt() {
        return takenAt;
    }

    /** When the last change that a standby had replayed was made on its primary; empty where the source is no standby. */
    Optional<Instant> replayedUntil() {
        return Optional.ofNullable(replayedUntil);
    }

    /** The exporting connection, for queries in the snapshot while nothing else uses it. */
    Connection connection() {
        return connection;
    }

    /** What makes another connection see this snapshot. */
    String joinStatement() {
        return "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET TRANSACTION SNAPSHOT '"
                + id.replace("'", "''") + "'; " + READERS_LIMITS;
    }

    /** Has {@code action} run as soon as the exporting transaction is found dead. */
    void whenLost(Runnable action) {
        whenLost = action;
    }

    /** What the server said of the exporting transaction's end, if it has ended without being released; looks again. */
    Optional<SQLException> loss() {
        if (loss == null && !released) {
            ping();
        }
        return Optional.ofNullable(loss);
    }

    /**
     * Ends the exporting transaction, when nothing reads in it any more.
     *
     * @throws JobException if it had ended already, and with it all that kept the rows of the tables from vanishing while
     *     they were read
     */
    void release() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        } catch (SQLException e) {
            throw JobException.outsideSystem(
                    "The source ended the transaction that held the snapshot: " + e.getMessage(), e);
        }
        released = true;
        close();
    }

    @Override
    public void close() {
        pings.shutdownNow();
        closeQuietly(connection);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("The snapshot's connection was already closed", e);
        }
    }
}
