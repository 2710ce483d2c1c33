package io.retaillake.jobs.bronze;

import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A standby's way to replay a change of its primary that a reader is in the way of, because the change removes row versions
 * that the reader may see or takes a lock on a table that it reads: it cancels the reader's statement or ends its session.
 */
final class RecoveryConflict {

    private static final Logger LOG = LoggerFactory.getLogger(RecoveryConflict.class);

    /** A serialization failure; a transaction that only reads, and is not SERIALIZABLE, has it for no other reason. */
    private static final String SQL_STATE = "40001";

    private static final long MOST_SECONDS_TO_REPLAY = 30;
    private static final long POLL_MILLISECONDS = 100;

    private RecoveryConflict() {}

    /** What the server said of the conflict, if that is why {@code failure} came. */
    static Optional<SQLException> find(Throwable failure) {
        return Failures.find(failure, SQLException.class).filter(e -> SQL_STATE.equals(e.getSQLState()));
    }

    /**
     * The conflict as a failure of the job, exit code 4.
     *
     * @param attempts how often it came
     * @param failure what it led to
     */
    static JobException explain(SQLException conflict, int attempts, Throwable failure) {
        return JobException.outsideSystem(
                "The source is a standby, which ended the extraction's reading" + times(attempts)
                        + " because it was in the way of replaying its primary's changes: " + conflict.getMessage()
                        + "\nNothing was published. On the standby, let max_standby_streaming_delay (and"
                        + " max_standby_archive_delay) be longer than an extraction takes, and set hot_standby_feedback ="
                        + " on, which keeps row versions but does not hold back TRUNCATE, ALTER TABLE or VACUUM FULL; or"
                        + " extract from the primary. Preflight shows both settings. Then repeat the run with the same"
                        + " --run-id.",
                failure);
    }

    private static String times(int attempts) {
        return attempts == 1 ? "" : ", " + attempts + " times,";
    }

    /**
     * Waits, where the source is a standby, until it has replayed what it has received so far, but no longer than {@value
     * #MOST_SECONDS_TO_REPLAY} s. While it is behind it gives no reader the time that it otherwise allows.
     */
    static void awaitReplay(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String received =
                    text(statement, "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_receive_lsn()::text END");
            if (received == null) {
                return;
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_TO_REPLAY);
            String behind = "SELECT pg_wal_lsn_diff('" + received + "', pg_last_wal_replay_lsn())::bigint";
            long behindBytes = Long.parseLong(text(statement, behind));
            if (behindBytes > 0) {
                LOG.info("Waiting until the standby has replayed {} bytes", behindBytes);
            }
            while (behindBytes > 0 && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
                behindBytes = Long.parseLong(text(statement, behind));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JobException.outsideSystem("Interrupted while waiting for the source, a standby.", e);
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
