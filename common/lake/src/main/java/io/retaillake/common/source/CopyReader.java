package io.retaillake.common.source;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads one query's rows by {@code COPY … TO STDOUT (FORMAT binary)} over a connection of its own, which lives as long as
 * the reader. It is half the work of a query's result for the server.
 */
public final class CopyReader implements Closeable {

    private final Connection connection;
    private final CopyOut copy;
    private final BinaryCopyRows rows;

    private CopyReader(Connection connection, CopyOut copy, BinaryCopyRows rows) {
        this.connection = connection;
        this.copy = copy;
        this.rows = rows;
    }

    /**
     * Connects and begins to read.
     *
     * @throws IllegalStateException when the source refuses
     */
    public static CopyReader open(CopyQuery query) {
        Connection connection = new SourceConnector(query.source()).reconnect();
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(query.initialStatement());
            }
            CopyOut copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + query.sql() + ") TO STDOUT (FORMAT binary)");
            return new CopyReader(connection, copy, new BinaryCopyRows(copy::readFromCopy, query.columns()));
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw new IllegalStateException("Can't read from the source: " + e.getMessage(), e);
        }
    }

    /**
     * Moves to the next row; false after the last one.
     *
     * @throws IOException when the source fails
     */
    public boolean next() throws IOException {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw new IOException("The source failed while it was read: " + e.getMessage(), e);
        }
    }

    /** What was read, at its current row. */
    public BinaryCopyRows rows() {
        return rows;
    }

    /** Ends the transaction; a COPY that the task did not read to its end is cancelled. */
    @Override
    public void close() throws IOException {
        try (connection) {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            throw new IOException("The connection to the source can't be closed: " + e.getMessage(), e);
        }
    }
}
