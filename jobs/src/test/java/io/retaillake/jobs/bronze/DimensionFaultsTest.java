package io.retaillake.jobs.bronze;

import static io.retaillake.jobs.bronze.ReaderSessions.HOLDING;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.run.FailedJobException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A source that fails while its dimensions are extracted, and in which all three are given new strings together all the
 * while: the three are landed from one snapshot, or none is.
 */
class DimensionFaultsTest extends SourceUnderFaults {

    /** A task that reads the first dimension, of which a row is slow. */
    private static final String READING =
            "state = 'active' AND wait_event = 'PgSleep' AND query LIKE 'COPY (SELECT \"customer_id\"%'";

    /** The session that holds the snapshot and counts the first dimension. */
    private static final String COUNTING = "query LIKE 'SELECT count(*)% FROM %\"customer\"'";

    private static final String ALTER = "ALTER TABLE {s}.zipcode ALTER COLUMN zipcode TYPE text";

    @BeforeEach
    void fillSourceAndBeginChanges() throws Exception {
        source = TestSource.create(folder);
        begin(new DimensionVersions(source));
    }

    @Override
    List<TableContract> tables() {
        return BronzeTables.DIMENSIONS;
    }

    @Override
    void extract() throws FailedJobException {
        run(new ExtractDimensions());
    }

    @Test
    void readsADimensionAgainWhoseConnectionWasCut() throws Exception {
        slowDown(1);
        sessions.whenFound(READING, pid -> sessions.endOne("pid = " + pid));

        extract();

        assertLandedOneSnapshot();
    }

    @Test
    void startsAllOverWhenTheSnapshotsTransactionIsEnded() throws Exception {
        slowDown(1);
        sessions.whenFound(READING, pid -> sessions.endOne(HOLDING));

        extract();

        assertLandedOneSnapshot();
    }

    @Tag("faults")
    @Test
    void failsWhenTheSnapshotsTransactionIsEndedTwice() throws Exception {
        FailedJobException failure = failWhile(() -> sessions.end(COUNTING));

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
        sessions.whenFound(READING, pid -> TestSource.restart(mode));

        extract();

        assertLandedOneSnapshot();
    }

    @Test
    void waitsForASessionThatGivesUpItsWishToAlterADimension() throws Exception {
        waitsForASessionThatGivesUpItsWishToRewriteADimension(ALTER);
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(strings = {"TRUNCATE {s}.zipcode", "VACUUM FULL {s}.zipcode", "DROP TABLE {s}.zipcode"})
    void waitsForASessionThatGivesUpItsWishToRewriteADimension(String rewrite) throws Exception {
        slowDown(1);
        sessions.whenFound(COUNTING, pid -> assertThat(rewritten("4s", rewrite)).isFalse());

        extract();

        assertLandedOneSnapshot();
    }

    @Tag("faults")
    @Test
    void failsWhereASessionInsistsOnRewritingADimension() throws Exception {
        sessions.whenFound(COUNTING, pid -> assertThat(rewritten("5min", ALTER)).isTrue());

        FailedJobException failure = fail();

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure).hasMessageContaining("holds or waits for an exclusive lock");
        sessions.close();
        assertNothingPublishedAndRepeatable();
    }

    @Tag("faults")
    @Test
    void isNotEndedByAStatementTimeoutOfTheRole() throws Exception {
        slowDown(2);
        source.execute("ALTER ROLE " + source.reader() + " SET statement_timeout = '1500ms'");

        extract();

        assertLandedOneSnapshot();
    }

    private void slowDown(int seconds) throws SQLException {
        source.slowDown("customer", "customer_id = 'C1'", seconds);
    }
}
