package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.source.SourceCatalog;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.common.source.SourceSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts tables from one snapshot of the source. If the transaction that holds the snapshot dies, the extraction stops at
 * once and starts over, once, from a new snapshot: two snapshots never mix.
 */
final class Extraction {

    private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);
    private static final String TASKS = "extraction";
    private static final int MOST_ATTEMPTS = 2;
    private static final int MOST_OPENINGS = 5;

    /** SQLState of the driver for whatever is done on a connection that it knows to be closed. */
    private static final String CONNECTION_CLOSED = "08003";

    private final SparkSession spark;
    private final SourceSettings settings;

    Extraction(SparkSession spark, SourceSettings settings) {
        this.spark = spark;
        this.settings = settings;
    }

    /** What is done with the snapshot: everything from reading to publishing. */
    @FunctionalInterface
    interface Work {
        void extract(SourceSnapshot snapshot, List<SourceRelation> relations) throws SQLException;
    }

    /** Does {@code work} in a snapshot of {@code tables}, whose source must be as their contracts say. */
    void run(List<TableContract> tables, Work work) {
        try {
            int attempt = 1;
            while (!isDone(tables, work, attempt)) {
                attempt++;
            }
        } catch (SQLException e) {
            if (RecoveryConflict.find(e).isPresent()) {
                throw RecoveryConflict.explain(e, MOST_OPENINGS, e);
            }
            throw JobException.outsideSystem(
                    "The source failed: " + e.getMessage()
                            + "\nNothing was published. Fix the cause, then repeat the run with the same --run-id.",
                    e);
        }
    }

    /** Whether the work was done; it was not if the snapshot was lost and may be tried again. */
    private boolean isDone(List<TableContract> tables, Work work, int attempt) throws SQLException {
        try (SourceSnapshot snapshot = open(tables, attempt)) {
            try {
                run(tables, work, snapshot);
                return true;
            } catch (Exception e) {
                // Spark throws checked exceptions that its Java signatures don't declare.
                Optional<SQLException> loss = RecoveryConflict.find(e).or(() -> loss(snapshot, e));
                if (loss.isEmpty()) {
                    Optional<JobException> locked = SourceSnapshot.explainLock(e);
                    if (locked.isPresent()) {
                        throw locked.get();
                    }
                    throw e;
                }
                if (attempt == MOST_ATTEMPTS) {
                    throw explain(loss.get(), attempt, e);
                }
                LOG.warn(
                        "The snapshot was lost in attempt {} of {}; extracting again from a new one: {}",
                        attempt,
                        MOST_ATTEMPTS,
                        loss.get().getMessage());
                return false;
            }
        }
    }

    /** Why the snapshot was lost, if it was: a connection that is closed by now has failed with the reason before. */
    private static Optional<SQLException> loss(SourceSnapshot snapshot, Exception failure) {
        return snapshot.loss()
                .map(loss -> CONNECTION_CLOSED.equals(loss.getSQLState())
                        ? Failures.find(failure, SQLException.class).orElse(loss)
                        : loss);
    }

    private static JobException explain(SQLException loss, int attempts, Exception failure) {
        if (RecoveryConflict.find(loss).isPresent()) {
            return RecoveryConflict.explain(loss, attempts, failure);
        }
        return JobException.outsideSystem(
                "The source ended the transaction that held the snapshot, " + attempts + " times: " + loss.getMessage()
                        + "\nNothing was published. See the database's log for who ended it, then repeat the run with the"
                        + " same --run-id.",
                failure);
    }

    private void run(List<TableContract> tables, Work work, SourceSnapshot snapshot) throws SQLException {
        spark.sparkContext().setJobGroup(TASKS, "Extract " + tables, true);
        snapshot.whenLost(() -> spark.sparkContext().cancelJobGroup(TASKS));
        try {
            // Looked up again, in the snapshot and behind the locks: the tables can't change any more.
            work.extract(snapshot, new SourceCatalog(snapshot.connection(), settings.schema()).relations(tables));
        } finally {
            spark.sparkContext().clearJobGroup();
        }
    }

    /** Opens the snapshot. A standby that is behind may end even that, for what it reads of the catalog; then it is done again. */
    private SourceSnapshot open(List<TableContract> tables, int attempt) throws SQLException {
        boolean isFirst = attempt == 1;
        for (int opening = 1; ; opening++) {
            try {
                return open(tables, isFirst);
            } catch (SQLException e) {
                if (opening == MOST_OPENINGS || RecoveryConflict.find(e).isEmpty()) {
                    throw e;
                }
                LOG.warn("The standby ended what opens the snapshot; opening it again: {}", e.getMessage());
                isFirst = false;
            }
        }
    }

    private SourceSnapshot open(List<TableContract> tables, boolean isFirst) throws SQLException {
        SourceConnector connector = new SourceConnector(settings);
        Connection connection = isFirst ? connector.connect() : connector.reconnect();
        try {
            if (!isFirst) {
                RecoveryConflict.awaitReplay(connection);
            }
            return SourceSnapshot.export(
                    connection, new SourceCatalog(connection, settings.schema()).relations(tables));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Records where an extract came from, and what is unexpected there without keeping it from being extracted. */
    static void recordSource(Publication publication, SourceSnapshot snapshot, List<SourceRelation> relations) {
        List<String> notices = relations.stream()
                .flatMap(relation -> relation.notices().stream())
                .toList();
        if (!notices.isEmpty()) {
            notices.forEach(notice -> LOG.warn("The source is not quite what the contract says. {}", notice));
            publication.recordFact("source_notices", String.join("\n", notices));
        }
        publication.recordInput("source", snapshot.id());
        publication.recordFact("source_position", snapshot.position());
        publication.recordFact("source_time", snapshot.takenAt());
        snapshot.replayedUntil().ifPresent(until -> {
            LOG.info("The source is a standby; the last change that it has replayed was made at {}", until);
            publication.recordFact("source_replayed_until", until);
        });
    }
}
