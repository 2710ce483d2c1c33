package io.retaillake.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** {@code COPY … TO STDOUT}, the fastest way out of PostgreSQL. */
final class CopyOut {

    private CopyOut() {}

    /** Writes all of {@code table}, in one of COPY's formats, to {@code out}. */
    static void copy(Connection connection, String table, String format, OutputStream out)
            throws SQLException, IOException {
        String statement = "COPY " + table + " TO STDOUT (FORMAT " + format + ")";
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement, out);
    }
}
