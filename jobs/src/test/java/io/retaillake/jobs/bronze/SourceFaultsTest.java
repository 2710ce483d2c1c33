package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.jobs.bronze.ReaderSessions.READING;
import static io.retaillake.jobs.bronze.ReaderSessions.TOTALLING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.jdbc.FreeConnections;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.lake.Lake;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source that fails in the middle of an extraction, while transfers between its rows go on that leave their sum as it is:
 * the extraction lands one snapshot, or nothing.
 */
class SourceFaultsTest {

    private static final int PURCHASES = 100_000;
    private static final int OUTSIDE_SYSTEM = 4;

    @TempDir
    private Path folder;

    private TestSource source;
    private Transfers transfers;
    private ReaderSessions sessions;

    @BeforeEach
    void fillSourceAndBeginTransfers() throws Exception {
        source = TestSource.create(folder);
        source.addPurchases(1, PURCHASES);
        transfers = new Transfers(source, PURCHASES);
        transfers.begin();
        sessions = new ReaderSessions(source);
    }

    @AfterEach
    void endTransfers() {
        sessions.close();
        transfers.close();
    }

    @Test
    void readsARangeAgainWhoseConnectionWasCut() throws Exception {
        slowDown(1);
        CompletableFuture<Void> cut =
                sessions.whenFound(READING, pid -> source.query("SELECT pg_terminate_backend(" + pid + ")"));

        extract("r1");

        assertLandedOneSnapshot(cut);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "immediate"})
    void startsOverWhenTheServerIsRestarted(String mode) throws Exception {
        slowDown(1);
        CompletableFuture<Void> restart = sessions.whenFound(READING, pid -> TestSource.restart(mode));

        extract("r1");

        assertLandedOneSnapshot(restart);
    }

    private void slowDown(int seconds) throws SQLException {
        source.slowDown("purchase", "sub_category_cd = 'S1'", seconds);
    }

    @Test
    void failsWhenTheSnapshotsTransactionIsEndedTwice() throws Exception {
        AtomicBoolean failed = new AtomicBoolean();
        CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
            while (!failed.get()) {
                sessions.end(TOTALLING);
            }
        });

        FailedJobException failure = fail("r1");
        failed.set(true);
        killer.join();

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure).hasMessageContaining("ended the transaction that held the snapshot, 2 times");
        assertNothingPublishedAndRepeatable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUNCATE {s}.purchase",
                "VACUUM FULL {s}.purchase",
                "ALTER TABLE {s}.purchase ALTER COLUMN store_cd TYPE text"
            })
    void waitsForASessionThatGivesUpItsWishToRewriteTheTable(String rewrite) throws Exception {
        AtomicBoolean refused = new AtomicBoolean();
        CompletableFuture<Void> other = sessions.whenFound(TOTALLING, pid -> refused.set(!rewritten("2s", rewrite)));

        extract("r1");

        assertLandedOneSnapshot(other);
        assertThat(refused).as("the other session waited").isTrue();
    }

    @Tag("faults")
    @Test
    void failsWhereASessionInsistsOnTruncatingTheTable() throws Exception {
        CompletableFuture<Void> other = sessions.whenFound(TOTALLING, pid -> rewritten("0", "TRUNCATE {s}.purchase"));

        FailedJobException failure = fail("r1");
        other.join();

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure).hasMessageContaining("holds or waits for an exclusive lock");
        assertThat(lake().find(PURCHASE).map(table -> table.currentSnapshot())).isEmpty();
        extract("r1");
        assertThat(bronze().count()).as("the table is empty now").isZero();
    }

    @Tag("faults")
    @Test
    void isNotEndedByAStatementTimeoutOfTheRole() throws Exception {
        slowDown(2);
        source.execute("ALTER ROLE " + source.reader() + " SET statement_timeout = '1500ms'");

        extract("r1");

        assertLandedOneSnapshot(CompletableFuture.completedFuture(null));
    }

    @Tag("faults")
    @Test
    void waitsForAConnectionWhereTheRoleHasFew() throws Exception {
        source.execute("ALTER ROLE " + source.reader() + " CONNECTION LIMIT 2");

        extract("r1");

        assertLandedOneSnapshot(CompletableFuture.completedFuture(null));
    }

    @Tag("faults")
    @Test
    void waitsForAConnectionWhereOthersHaveTakenAllMeanwhile() throws Exception {
        slowDown(3);
        CompletableFuture<Void> others = sessions.whenFound(TOTALLING, pid -> {
            List<Connection> taken = takeEveryConnection();
            CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(() -> close(taken));
        });

        extract("r1");

        assertLandedOneSnapshot(others);
    }

    @Tag("faults")
    @Test
    void failsWhereTheServerHasNoConnectionLeft() throws Exception {
        List<Connection> taken = takeEveryConnection();

        FailedJobException failure = fail("r1");
        close(taken);

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure).hasMessageContaining("no connection left").hasMessageContaining("max_connections");
        assertNothingPublishedAndRepeatable();
    }

    /** Takes all that the server has, and of those that are reserved to administrators one for a transfer that may end. */
    private List<Connection> takeEveryConnection() throws SQLException {
        List<Connection> taken = new ArrayList<>(List.of(source.connect()));
        while (FreeConnections.of(taken.get(0)).free() >= 0) {
            taken.add(source.connect());
        }
        return taken;
    }

    private static void close(List<Connection> connections) {
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2})
    void readsOnWhereThePasswordWasRotatedBeforeTheSecretBy(long seconds) throws Exception {
        slowDown(1);
        String other = "rotated-" + UUID.randomUUID();
        CompletableFuture<Void> rotation = sessions.whenFound(TOTALLING, pid -> {
            source.execute("ALTER ROLE " + source.reader() + " PASSWORD '" + other + "'");
            TimeUnit.SECONDS.sleep(seconds);
            source.writeSecret(other);
        });

        extract("r1");

        assertLandedOneSnapshot(rotation);
    }

    /** Whether the statement was done, waiting for a lock no longer than that. */
    private boolean rewritten(String lockTimeout, String rewrite) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '" + lockTimeout + "'");
            statement.execute(rewrite.replace("{s}", source.in("{s}")));
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
        transfers.close();
        transfers.assertOneStateIn(lake());
    }

    private void assertNothingPublishedAndRepeatable() throws FailedJobException {
        assertThat(lake().find(PURCHASE).map(table -> table.currentSnapshot())).isEmpty();
        extract("r1");
        assertLandedOneSnapshot(CompletableFuture.completedFuture(null));
    }

    private void extract(String runId) throws FailedJobException {
        JobMain.run(new ExtractPurchases(), source.options(folder.resolve("lake"), runId, "--read-parallelism", "6"));
    }

    private FailedJobException fail(String runId) {
        return catchThrowableOfType(FailedJobException.class, () -> extract(runId));
    }

    private Lake lake() {
        return LocalLakes.open(folder.resolve("lake"));
    }

    private Dataset<Row> bronze() {
        Lake lake = lake();
        return lake.spark().table(lake.identifier(PURCHASE));
    }
}
