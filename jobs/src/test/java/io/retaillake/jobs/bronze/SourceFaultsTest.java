package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.jobs.bronze.ReaderSessions.HOLDING;
import static io.retaillake.jobs.bronze.ReaderSessions.READING;
import static io.retaillake.jobs.bronze.ReaderSessions.TOTALLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.source.FreeConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source that fails in the middle of an extraction, while transfers between its rows go on that leave their sum as it is:
 * the extraction lands one snapshot, or nothing.
 */
class SourceFaultsTest extends SourceUnderFaults {

    private static final int PURCHASES = 100_000;

    @BeforeEach
    void fillSourceAndBeginTransfers() throws Exception {
        source = TestSource.create(folder);
        source.addPurchases(1, PURCHASES);
        begin(new Transfers(source, PURCHASES));
    }

    @Override
    List<TableContract> tables() {
        return List.of(PURCHASE);
    }

    @Override
    void extract() throws FailedJobException {
        run(new ExtractPurchases(), "--read-parallelism", "6");
    }

    @Test
    void landsOneSnapshotWhileRowsChangeAndMove() throws Exception {
        slowDown(1);

        extract();

        assertLandedOneSnapshot();
    }

    @Test
    void readsARangeAgainWhoseConnectionWasCut() throws Exception {
        slowDown(1);
        sessions.whenFound(READING, pid -> sessions.endOne("pid = " + pid));

        extract();

        assertLandedOneSnapshot();
    }

    @Test
    void startsOverWhenTheSnapshotsTransactionIsEnded() throws Exception {
        slowDown(1);
        sessions.whenFound(READING, pid -> sessions.endOne(HOLDING));

        extract();

        assertLandedOneSnapshot();
    }

    @Test
    void failsWhenTheSnapshotsTransactionIsEndedTwice() throws Exception {
        FailedJobException failure = failWhile(() -> sessions.end(TOTALLING));

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure).hasMessageContaining("ended the transaction that held the snapshot, 2 times");
        assertNothingPublishedAndRepeatable();
    }

    @Test
    void startsOverWhenTheServerIsRestarted() throws Exception {
        restart("immediate");
    }

    @Tag("faults")
    @Test
    void startsOverWhenTheServerIsRestartedInOrder() throws Exception {
        restart("fast");
    }

    private void restart(String mode) throws Exception {
        slowDown(1);
        sessions.whenFound(READING, pid -> TestSource.restart(mode));

        extract();

        assertLandedOneSnapshot();
    }

    private void slowDown(int seconds) throws SQLException {
        source.slowDown("purchase", "sub_category_cd = 'S1'", seconds);
    }

    @Test
    void waitsForASessionThatGivesUpItsWishToTruncateTheTable() throws Exception {
        giveUp("TRUNCATE {s}.purchase");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"VACUUM FULL {s}.purchase", "ALTER TABLE {s}.purchase ALTER COLUMN store_cd TYPE text"})
    void waitsForASessionThatGivesUpItsWishToRewriteTheTable(String rewrite) throws Exception {
        giveUp(rewrite);
    }

    private void giveUp(String rewrite) throws Exception {
        sessions.whenFound(
                TOTALLING, pid -> assertThat(rewritten("2s", rewrite)).isFalse());

        extract();

        assertLandedOneSnapshot();
    }

    @Tag("faults")
    @Test
    void failsWhereASessionInsistsOnTruncatingTheTable() throws Exception {
        sessions.whenFound(
                TOTALLING,
                pid -> assertThat(rewritten("5min", "TRUNCATE {s}.purchase")).isTrue());

        FailedJobException failure = fail();

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure).hasMessageContaining("holds or waits for an exclusive lock");
        sessions.close();
        assertNothingPublished();
        extract();
        Lake lake = lake();
        assertThat(lake.spark().table(lake.identifier(PURCHASE)).count())
                .as("the table is empty now")
                .isZero();
    }

    @Tag("faults")
    @Test
    void isNotEndedByAStatementTimeoutOfTheRole() throws Exception {
        slowDown(2);
        source.execute("ALTER ROLE " + source.reader() + " SET statement_timeout = '1500ms'");

        extract();

        assertLandedOneSnapshot();
    }

    @Tag("faults")
    @Test
    void waitsForAConnectionWhereTheRoleHasFew() throws Exception {
        source.execute("ALTER ROLE " + source.reader() + " CONNECTION LIMIT 2");

        extract();

        assertLandedOneSnapshot();
    }

    @Tag("faults")
    @Test
    void waitsForAConnectionWhereOthersHaveTakenAllMeanwhile() throws Exception {
        slowDown(5);
        sessions.whenFound(TOTALLING, pid -> {
            List<Connection> taken = takeEveryConnection();
            assertThat(sessions.count("state = 'active' AND " + TOTALLING))
                    .as("totals that are not done when all are taken, so that readers come later")
                    .isEqualTo(1);
            TimeUnit.SECONDS.sleep(7);
            close(taken);
        });

        extract();

        assertLandedOneSnapshot();
    }

    @Tag("faults")
    @Test
    void failsWhereTheServerHasNoConnectionLeft() throws Exception {
        List<Connection> taken = takeEveryConnection();
        FailedJobException failure;
        try {
            failure = fail();
        } finally {
            close(taken);
        }

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

    private static void close(List<Connection> connections) throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Test
    void readsOnWhereThePasswordWasRotatedBeforeTheSecret() throws Exception {
        rotate(2);
    }

    @Tag("faults")
    @Test
    void readsOnWhereThePasswordAndTheSecretWereRotatedTogether() throws Exception {
        rotate(0);
    }

    private void rotate(long seconds) throws Exception {
        slowDown(1);
        String other = "rotated-" + UUID.randomUUID();
        sessions.whenFound(TOTALLING, pid -> {
            source.execute("ALTER ROLE " + source.reader() + " PASSWORD '" + other + "'");
            TimeUnit.SECONDS.sleep(seconds);
            source.writeSecret(other);
        });

        extract();

        assertLandedOneSnapshot();
    }
}
