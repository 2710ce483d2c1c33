package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static io.retaillake.jobs.bronze.ReaderSessions.READING;
import static io.retaillake.jobs.bronze.ReaderSessions.TOTALLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.ops.preflight.Preflight;
import io.retaillake.source.EmbeddedDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hot standby that is read while it replays transfers from its primary, and cancels readers who are in the way of that:
 * the extraction lands one snapshot, or nothing.
 */
class StandbyTest extends SourceUnderFaults {

    private static final int PURCHASES = 100_000;
    private static final int MOST_SECONDS_TO_REPLAY = 300;

    private static EmbeddedDatabase primary;
    private static EmbeddedDatabase standby;

    private long conflictsBefore;

    @BeforeAll
    static void startServers() throws Exception {
        // Without autovacuum, row versions vanish only when a test says so.
        primary = EmbeddedDatabase.startTemporary(Map.of(
                "wal_level", "replica",
                "max_wal_senders", "4",
                "autovacuum", "off",
                "synchronous_commit", "on",
                "shared_buffers", "64MB"));
        standby = primary.startStandby();
    }

    @AfterAll
    static void stopServers() {
        standby.close();
        primary.close();
    }

    @BeforeEach
    void fillPrimaryAndBeginTransfers() throws Exception {
        source = TestSource.create(folder, primary, standby);
        // Room on every page: an update that found none would make some, at the expense of the standby's readers.
        source.execute("ALTER TABLE {s}.purchase SET (fillfactor = 40)");
        source.addPurchases(1, PURCHASES);
        source.execute("ALTER TABLE {s}.purchase RESET (fillfactor)");
        awaitReplay();
        setDelay("0");
        conflictsBefore = conflicts();
        begin(new Transfers(source, PURCHASES));
        awaitReplay();
    }

    @AfterEach
    void resumeReplay() throws SQLException {
        onStandby("SELECT pg_wal_replay_resume()");
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
    void landsWhatTheStandbyHasReplayedAndSaysUpToWhere() throws Exception {
        source.execute("INSERT INTO {s}.customer VALUES ('C1', 'F', '60세이상', '040')");
        awaitReplay();
        onStandby("SELECT pg_wal_replay_pause()");
        source.addPurchases(PURCHASES + 1, 10);
        source.execute("DELETE FROM {s}.customer");

        run(new ExtractDimensions());
        extract();

        assertLandedOneSnapshot();
        Lake lake = lake();
        assertThat(lake.spark().table(lake.identifier(CUSTOMER)).collectAsList())
                .extracting(Row::toString)
                .containsExactly("[C1,F,60세이상,040]");
        assertThat(Publication.sealOf(lake.find(PURCHASE).orElseThrow(), "r1")
                        .orElseThrow()
                        .facts())
                .containsEntry("source_position", onStandby("SELECT pg_last_wal_replay_lsn()"));
    }

    @Test
    void startsOverWhereTheTableIsTruncatedAndFilledAgainOnThePrimary() throws Exception {
        startsOverWhereReadersAreInTheWayOfReplaying(
                "BEGIN; CREATE TEMP TABLE kept AS TABLE {s}.purchase; TRUNCATE {s}.purchase;"
                        + " INSERT INTO {s}.purchase TABLE kept; COMMIT");
    }

    @Tag("faults")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "VACUUM {s}.purchase",
                "VACUUM FULL {s}.purchase",
                "ALTER TABLE {s}.purchase ALTER COLUMN store_cd TYPE text",
                "ALTER TABLE {s}.purchase DROP CONSTRAINT purchase_pkey"
            })
    void startsOverWhereReadersAreInTheWayOfReplaying(String onPrimary) throws Exception {
        slowDown(1);
        sessions.whenFound(READING, pid -> changeAndThen(onPrimary));

        extract();

        assertLandedOneSnapshotInSpiteOfConflicts();
    }

    @Tag("faults")
    @Test
    void startsOverWhereTheTotalsAreInTheWayOfReplaying() throws Exception {
        slowDown(2);
        sessions.whenFound("state = 'active' AND " + TOTALLING, pid -> changeAndThen("VACUUM {s}.purchase"));

        extract();

        assertLandedOneSnapshotInSpiteOfConflicts();
    }

    /**
     * A reader that joins the snapshot while the standby already waits for the session that exported it is not waited for:
     * when that session is ended, rows vanish behind the reader, which is told nothing.
     */
    @Tag("faults")
    @Test
    void startsOverWhereRowsVanishBehindAReaderThatGoesOn() throws Exception {
        changes.close();
        source.execute("VACUUM FULL {s}.purchase");
        source.execute("ALTER TABLE {s}.purchase ENABLE ROW LEVEL SECURITY");
        source.execute("CREATE POLICY slow ON {s}.purchase USING (sub_category_cd <> 'S1'"
                + " OR current_query() NOT LIKE 'COPY%' OR pg_sleep(5) IS NOT NULL)");
        awaitReplay();
        setDelay("3s");
        String page = " WHERE ctid >= '(50,0)' AND ctid < '(51,0)'";
        sessions.whenFound("state = 'idle in transaction' AND " + TOTALLING, pid -> {
            source.execute("UPDATE {s}.purchase SET amount = amount" + page);
            // Reading a full page removes the row versions that nobody on this server sees.
            source.execute("SELECT FROM {s}.purchase" + page);
        });

        run(new ExtractPurchases(), "--read-parallelism", "1");

        sessions.close();
        changes.assertOneStateIn(lake());
        assertConflicts();
    }

    /** Leaves the extraction alone afterwards. */
    private void changeAndThen(String onPrimary) throws SQLException {
        changes.close();
        source.execute("UPDATE {s}.purchase SET amount = amount WHERE sub_category_cd < 'S2'");
        source.execute(onPrimary);
    }

    @Test
    void notesInPreflightWhatReadersOfAStandbyHaveToExpect() throws Exception {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            List<String> options = new ArrayList<>(Arrays.asList(source.options(folder.resolve("lake"), "unused")));
            int runId = options.indexOf("--run-id");
            options.subList(runId, runId + 2).clear();
            JobMain.run(new Preflight(), options.toArray(String[]::new));
        } finally {
            System.setOut(standardOutput);
        }

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("note     standby        the source is a standby")
                .contains("hot_standby_feedback is off, max_standby_streaming_delay 0")
                .contains("ok       snapshot");
    }

    @Test
    void failsWhereTheStandbyCancelsAgainAndSaysWhatToDo() throws Exception {
        slowDown(1);

        FailedJobException failure = failWhile(() -> source.execute("VACUUM {s}.purchase"));

        assertThat(failure.exitCode()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(failure)
                .hasMessageContaining("standby")
                .hasMessageContaining("conflict with recovery")
                .hasMessageContaining("hot_standby_feedback")
                .hasMessageContaining("max_standby_streaming_delay")
                .hasMessageContaining("--run-id");
        assertNothingPublishedAndRepeatable();
    }

    @Tag("faults")
    @Test
    void readsOnWhereTheStandbyIsPromoted() throws Exception {
        try (EmbeddedDatabase another = primary.startStandby()) {
            source.readFrom(another);
            slowDown(1);
            sessions.whenFound(READING, pid -> on(another, "SELECT pg_promote()"));

            extract();

            assertLandedOneSnapshot();
            assertThat(on(another, "SELECT pg_is_in_recovery()")).isEqualTo("f");
        }
    }

    @Tag("faults")
    @Test
    void startsOverWhereTheStandbyIsRestarted() throws Exception {
        slowDown(1);
        sessions.whenFound(READING, pid -> standby.restart("fast"));

        extract();

        assertLandedOneSnapshot();
    }

    private void slowDown(int seconds) throws SQLException {
        source.slowDown("purchase", "sub_category_cd = 'S1'", seconds);
        awaitReplay();
    }

    /** How long a reader may keep the standby from replaying. */
    private static void setDelay(String delay) throws SQLException {
        onStandby("ALTER SYSTEM SET max_standby_streaming_delay = '" + delay + "'");
        onStandby("SELECT pg_reload_conf()");
    }

    /** Waits until the standby has what the primary has now. */
    private void awaitReplay() throws SQLException {
        String position = source.query("SELECT pg_current_wal_lsn()");
        long begin = System.nanoTime();
        while (!on(source.readDatabase(), "SELECT pg_last_wal_replay_lsn() >= '" + position + "'")
                .equals("t")) {
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                    .as("seconds in which the standby has not replayed the primary's log up to " + position)
                    .isLessThan(MOST_SECONDS_TO_REPLAY);
        }
    }

    private static long conflicts() throws SQLException {
        return Long.parseLong(onStandby("SELECT sum(conflicts) FROM pg_stat_database"));
    }

    /** Executes a statement on the standby; the first column of its first row, if it has any. */
    private static String onStandby(String sql) throws SQLException {
        return on(standby, sql);
    }

    private static String on(EmbeddedDatabase server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return null;
            }
            ResultSet row = statement.getResultSet();
            row.next();
            return row.getString(1);
        }
    }

    private void assertLandedOneSnapshotInSpiteOfConflicts() throws SQLException {
        assertLandedOneSnapshot();
        assertConflicts();
    }

    private void assertConflicts() throws SQLException {
        assertThat(conflicts()).as("readers that the standby ended").isGreaterThan(conflictsBefore);
    }
}
