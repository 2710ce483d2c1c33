package io.retaillake.common.source;

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

    /**
     * A role that is not a monitor sees of other roles' sessions neither what they do nor what they are; but a session of a
     * role in a database is a client, or a worker of one's query. {@code reserved_connections} is there from PostgreSQL 16 on.
     */
    private static final String QUERY = """
            SELECT current_setting('max_connections')::int,
                   current_setting('max_connections')::int
                   - current_setting('superuser_reserved_connections')::int
                   - CASE WHEN EXISTS (SELECT FROM pg_roles
                                        WHERE rolname = 'pg_use_reserved_connections' AND pg_has_role(oid, 'USAGE'))
                          THEN 0 ELSE coalesce(current_setting('reserved_connections', true)::int, 0) END
                   - (SELECT count(*) FROM pg_stat_activity
                       WHERE backend_type = 'client backend'
                          OR backend_type IS NULL AND datid IS NOT NULL AND usesysid IS NOT NULL)::int
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
