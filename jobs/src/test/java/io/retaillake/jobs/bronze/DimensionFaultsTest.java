package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.lake.Lake;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source that fails while its dimensions are extracted, and in which all three are given new texts together all the
 * while: the three are landed from one snapshot, or none is.
 */
class DimensionFaultsTest {

    private static final int OUTSIDE_SYSTEM = 4;

    /** A task that reads the first dimension, of which a row is slow. */
    private static final String READING =
            "state = 'active' AND wait_event = 'PgSleep' AND query LIKE 'SELECT \"customer_id\"%'";

    /** The session that holds the snapshot and counts the first dimension. */
    private static final String COUNTING = "query LIKE 'SELECT count(*) FROM %\"customer\"'";

    @TempDir
    private Path folder;

    private TestSource source;
    private ReaderSessions sessions;
    private DimensionVersions versions;

    @BeforeEach
    void fillSourceAndBeginChanges() throws Exception {
        source = TestSource.create(folder);
        versions = new DimensionVersions(source);
        versions.begin();
        sessions = new ReaderSessions(source);
    }

    @AfterEach
    void endChanges() {
        sessions.close();
        versions.close();
    }

    @Test
    void readsADimensionAgainWhoseConnectionWasCut() throws Exception {
        slowDown(1);
        CompletableFuture<Void> cut =
                sessions.whenFound(READING, pid -> source.query("SELECT pg_terminate_backend(" + pid + ")"));

        extract("r1");

        assertLandedOneSnapshot(cut);
    }

    @Test
    void startsAllOverWhenTheSnapshotsTransactionIsEnded() throws Exception {
        slowDown(1);
        CompletableFuture<Void> end = sessions.whenFound(READING, pid -> sessions.end(COUNTING));

        extract("r1");

        assertLandedOneSnapshot(end);
    }

    @Tag("faults")
    @Test
    void failsWhenTheSnapshotsTransactionIsEndedTwice() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
            while (!failed.get()) {
                sessions.end(COUNTING);
            }
        });

        FailedJobException failure = fail("r1");
        failed.set(true);
        killer.join();

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure)
                .hasMessageContaining("ended the transaction that held the snapshot, 2 times")
                .hasMessageContaining("administrator command");
        assertNothingPublishedAndRepeatable();
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"fast", "immediate"})
    void startsOverWhenTheServerIsRestarted(String mode) throws Exception {
        slowDown(1);
        CompletableFuture<Void> restart = sessions.whenFound(READING, pid -> TestSource.restart(mode));

        extract("r1");

        assertLandedOneSnapshot(restart);
    }

    @Test
    void waitsForASessionThatGivesUpItsWishToAlterADimension() throws Exception {
        waitsForASessionThatGivesUpItsWishToRewriteADimension("ALTER TABLE {s}.zipcode ALTER COLUMN zipcode TYPE text");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"TRUNCATE {s}.zipcode", "VACUUM FULL {s}.zipcode", "DROP TABLE {s}.zipcode"})
    void waitsForASessionThatGivesUpItsWishToRewriteADimension(String rewrite) throws Exception {
        slowDown(1);
        AtomicBoolean refused = new AtomicBoolean();
        CompletableFuture<Void> other = sessions.whenFound(COUNTING, pid -> refused.set(!rewritten("4s", rewrite)));

        extract("r1");

        assertLandedOneSnapshot(other);
        assertThat(refused).as("the other session waited").isTrue();
    }

    @Tag("faults")
    @Test
    void failsWhereASessionInsistsOnRewritingADimension() throws Exception {
        CompletableFuture<Void> other = sessions.whenFound(
                COUNTING, pid -> rewritten("0", "ALTER TABLE {s}.zipcode ALTER COLUMN zipcode TYPE text"));

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure).hasMessageContaining("holds or waits for an exclusive lock");
        other.join();
        assertNothingPublishedAndRepeatable();
    }

    @Tag("faults")
    @Test
    void isNotEndedByAStatementTimeoutOfTheRole() throws Exception {
        slowDown(2);
        source.execute("ALTER ROLE " + source.reader() + " SET statement_timeout = '1500ms'");

        extract("r1");

        assertLandedOneSnapshot(CompletableFuture.completedFuture(null));
    }

    private void slowDown(int seconds) throws SQLException {
        source.slowDown("customer", "customer_id = 'C1'", seconds);
    }

    /** Whether the statement was done, waiting for a lock no longer than that. */
    private boolean rewritten(String lockTimeout, String rewrite) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '" + lockTimeout + "'");
            statement.execute(source.in(rewrite));
            return true;
        } catch (SQLException e) {
            if (e.getSQLState().equals("55P03")) {
                return false;
            }
            throw e;
        }
    }

    private void assertLandedOneSnapshot(CompletableFuture<Void> fault) {
        sessions.close();
        fault.join();
        versions.assertOneStateIn(lake());
    }

    private void assertNothingPublishedAndRepeatable() throws Exception {
        for (TableContract contract : BronzeTables.DIMENSIONS) {
            assertThat(lake().find(contract).map(table -> table.currentSnapshot()))
                    .isEmpty();
        }
        extract("r1");
        assertLandedOneSnapshot(CompletableFuture.completedFuture(null));
    }

    private void extract(String runId) throws FailedJobException {
        JobMain.run(new ExtractDimensions(), source.options(folder.resolve("lake"), runId));
    }

    private FailedJobException fail(String runId) {
        return catchThrowableOfType(FailedJobException.class, () -> extract(runId));
    }

    private Lake lake() {
        return LocalLakes.open(folder.resolve("lake"));
    }
}
