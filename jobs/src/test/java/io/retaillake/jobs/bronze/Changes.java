package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.lake.Lake;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Transactions that change a source while it is read, one after another. What all of them leave as it is shows whether
 * bronze is one state of the source or a mixture of two.
 */
abstract class Changes implements AutoCloseable {

    /** What a change meets when a fault strikes the server or another session has a table; the next one is tried then. */
    private static final Set<String> PASSING_STATES = Set.of(
            "08001", // refused, for the server is down
            "08006", // the connection is lost
            "53300", // no connection left
            "57P01", // the server shuts down
            "57P02", // it crashed
            "57P03", // it starts
            "55P03", // waited for a lock long enough
            "40P01" // deadlock
            );

    private final TestSource source;
    private final AtomicInteger committed = new AtomicInteger();
    private Repeatedly changes;

    Changes(TestSource source) {
        this.source = source;
    }

    /** The statements of a change, in which {@code {s}} is the source's schema. */
    abstract String change(int number);

    /** Says that {@code lake}'s bronze is one state of the source, and none from before the first change. */
    abstract void assertOneStateIn(Lake lake);

    /** Begins; the first change is committed when this returns. */
    void begin() throws SQLException {
        commitNext();
        assertThat(committed).as("changes of an undisturbed source").hasValue(1);
        changes = Repeatedly.begin(this::commitNext);
    }

    private void commitNext() throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL lock_timeout = '1s'");
            statement.execute(source.in(change(committed.get() + 1)));
            connection.commit();
            committed.incrementAndGet();
        } catch (SQLException e) {
            if (!PASSING_STATES.contains(String.valueOf(e.getSQLState()))) {
                throw e;
            }
        }
    }

    /** How many were committed so far. */
    int committed() {
        return committed.get();
    }

    /** Ends them; fails if one has failed by itself. */
    @Override
    public void close() {
        changes.close();
    }
}
