package io.retaillake.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.util.PasswordUtil;

/** The role that the extraction logs in as: it can read the four tables and nothing else. */
public final class ReaderRole {

    private ReaderRole() {}

    /**
     * Creates the role, or gives an existing one this password, and lets it read the schema's four tables. The server is
     * sent a SCRAM-SHA-256 verifier, never the password, which therefore is in no statement log.
     *
     * @throws SourceException if the role is the one connected, or one with more than reading to do
     */
    public static SourceSchema.Outcome grant(Connection connection, String schema, String role, char[] password)
            throws SQLException {
        if (password.length == 0) {
            throw new SourceException("The role '" + role + "' needs a password that is not empty.");
        }
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            boolean exists = existsAsReader(connection, role);
            String quotedRole = SqlScript.quoted(role);
            // The verifier is base64, '$' and ':' only: safe inside quotes.
            statement.execute((exists ? "ALTER ROLE " : "CREATE ROLE ") + quotedRole + " LOGIN PASSWORD '"
                    + PasswordUtil.encodeScramSha256(password) + "'");
            statement.execute(
                    "GRANT CONNECT ON DATABASE " + SqlScript.quoted(connection.getCatalog()) + " TO " + quotedRole);
            statement.execute("GRANT USAGE ON SCHEMA " + SqlScript.quoted(schema) + " TO " + quotedRole);
            String tables = Stream.of(SourceTable.values())
                    .map(table -> table.in(schema))
                    .collect(Collectors.joining(", "));
            statement.execute("GRANT SELECT ON " + tables + " TO " + quotedRole);
            connection.commit();
            return exists ? SourceSchema.Outcome.ALREADY_THERE : SourceSchema.Outcome.CREATED;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static boolean existsAsReader(Connection connection, String role) throws SQLException {
        String sql = """
                SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolname = current_user
                FROM pg_roles WHERE rolname = ?""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, role);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return false;
                }
                List<String> powers = new ArrayList<>();
                String[] names = {
                    "is a superuser",
                    "creates roles",
                    "creates databases",
                    "replicates",
                    "is the role that this connection logged in as"
                };
                for (int i = 0; i < names.length; i++) {
                    if (row.getBoolean(i + 1)) {
                        powers.add(names[i]);
                    }
                }
                if (!powers.isEmpty()) {
                    throw new SourceException("The role '" + role + "' cannot become the read-only role, because it "
                            + String.join(" and ", powers)
                            + ". Name another role in the reader's secret. Its password was not changed.");
                }
                return true;
            }
        }
    }
}
