package io.retaillake.common.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How much room a server has for connections.
 *
 * @param most its limit
 * @param free how many more it would take from this user now
 */
public record FreeConnections(int most, int free) {

    private static final String QUERY = """
            SELECT current_setting('max_connections')::int,
                   current_setting('max_connections')::int
                   - current_setting('superuser_reserved_connections')::int
                   - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int
            """;

    /** Asks the server. */
    public static FreeConnections of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new FreeConnections(row.getInt(1), row.getInt(2));
        }
    }
}
