package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests share of extractions from a source that fails, and that is changed all the while. */
abstract class SourceUnderFaults {

    static final int OUTSIDE_SYSTEM = 4;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @TempDir
    Path folder;

    TestSource source;
    ReaderSessions sessions;
    Changes changes;
    private int changesMeanwhile;

    /** The tables that are extracted. */
    abstract List<TableContract> tables();

    /** Extracts them. */
    abstract void extract() throws FailedJobException;

    /** Begins to change the source, which is complete. */
    void begin(Changes ofSource) throws SQLException {
        sessions = new ReaderSessions(source);
        changes = ofSource;
        changes.begin();
    }

    @AfterEach
    void endFaultsAndChanges() {
        try {
            sessions.close();
        } finally {
            changes.close();
        }
    }

    /** Runs a job on the source, always of the same run. */
    void run(Job job, String... options) throws FailedJobException {
        int before = changes.committed();
        JobMain.run(job, source.options(folder.resolve("lake"), "r1", options));
        changesMeanwhile = changes.committed() - before;
    }

    FailedJobException fail() {
        FailedJobException failure = catchThrowableOfType(FailedJobException.class, this::extract);
        assertThat(failure).as("how the extraction failed").isNotNull();
        return failure;
    }

    /** How an extraction fails during which something is done again and again. */
    FailedJobException failWhile(Repeatedly.Action action) {
        Repeatedly rounds = Repeatedly.begin(action);
        try {
            return fail();
        } finally {
            rounds.close();
        }
    }

    /** Whether the statement was done, waiting for a lock no longer than that. */
    boolean rewritten(String lockTimeout, String rewrite) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '" + lockTimeout + "'");
            statement.execute(source.in(rewrite));
            return true;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Says that the last run landed one of the many states that the source had meanwhile, and that every fault struck. */
    void assertLandedOneSnapshot() {
        sessions.close();
        changes.close();
        assertThat(changesMeanwhile)
                .as("changes committed during the extraction")
                .isPositive();
        changes.assertOneStateIn(lake());
    }

    void assertNothingPublished() {
        for (TableContract table : tables()) {
            assertThat(lake().find(table).map(found -> found.currentSnapshot())).isEmpty();
        }
    }

    void assertNothingPublishedAndRepeatable() throws FailedJobException {
        assertNothingPublished();
        extract();
        assertLandedOneSnapshot();
    }

    Lake lake() {
        return LocalLakes.open(folder.resolve("lake"));
    }
}
