package io.retaillake.common.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads one query's rows over a connection of its own, which lives as long as the reader. */
final class CopyReader implements PartitionReader<InternalRow> {

    private final Connection connection;
    private final CopyOut copy;
    private final BinaryCopyRows rows;

    private CopyReader(Connection connection, CopyOut copy, BinaryCopyRows rows) {
        this.connection = connection;
        this.copy = copy;
        this.rows = rows;
    }

    static CopyReader open(CopyPartition partition) {
        Connection connection = new SourceConnector(SourceSettings.fromOptions(partition.sourceOptions())).reconnect();
        try {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute(partition.initialStatement());
            }
            CopyOut copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + partition.query() + ") TO STDOUT (FORMAT binary)");
            return new CopyReader(connection, copy, new BinaryCopyRows(copy::readFromCopy, partition.schema()));
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw new IllegalStateException("Can't read from the source: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean next() throws IOException {
        try {
            return rows.next();
        } catch (SQLException e) {
            throw new IOException("The source failed while it was read: " + e.getMessage(), e);
        }
    }

    @Override
    public InternalRow get() {
        return rows.row();
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
