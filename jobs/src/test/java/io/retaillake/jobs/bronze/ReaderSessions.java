package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** The sessions of a source's reader, as the server that it reads shows them, and faults that strike them. */
final class ReaderSessions implements AutoCloseable {

    /** The session that holds the snapshot and totals purchases in it. */
    static final String TOTALLING = "query LIKE '%left(purchase_date, 6)%'";

    /** A session that reads a range or a table with a slow row, see {@link TestSource#slowDown}. */
    static final String READING =
            "state = 'active' AND query LIKE 'COPY (%' AND query_start < clock_timestamp() - interval '0.3 s'";

    /** While others read: the session that holds the snapshot, the first that the extraction opened. */
    static final String HOLDING = "backend_start = (SELECT min(backend_start) FROM pg_stat_activity first"
            + " WHERE first.usename = pg_stat_activity.usename)";

    private final TestSource source;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<CompletableFuture<Void>> faults = new ArrayList<>();

    ReaderSessions(TestSource source) {
        this.source = source;
    }

    /** What is done to a session. */
    @FunctionalInterface
    interface Fault {
        void strike(long pid) throws Exception;
    }

    /** Strikes once, as soon as the reader has a session as described. */
    void whenFound(String session, Fault fault) {
        faults.add(CompletableFuture.runAsync(() -> {
            try {
                long pid = 0;
                while (pid == 0 && !ended.get()) {
                    pid = select("max(pid)", session);
                }
                assertThat(pid).as("a session where " + session).isPositive();
                fault.strike(pid);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }));
    }

    /** Ends every session as described; returns how many there were. */
    long end(String sessions) throws SQLException {
        return select("count(*) FILTER (WHERE pg_terminate_backend(pid))", sessions);
    }

    /** Ends the one session as described; fails where there is none. */
    void endOne(String session) throws SQLException {
        assertThat(end(session)).as("sessions ended where " + session).isEqualTo(1);
    }

    /** How many sessions as described there are now. */
    long count(String sessions) throws SQLException {
        return select("count(*)", sessions);
    }

    private long select(String aggregate, String sessions) throws SQLException {
        try (Connection connection = source.readDatabase().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT coalesce(" + aggregate
                        + ", 0) FROM pg_stat_activity WHERE usename = '" + source.reader() + "' AND " + sessions)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Looks for sessions no longer, and fails where there was none to strike, or where a fault failed. */
    @Override
    public void close() {
        ended.set(true);
        faults.forEach(CompletableFuture::join);
    }
}
