package io.retaillake.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One embedded server for all tests of the JVM; each test owns its schemas. */
final class TestDatabase {

    static final EmbeddedDatabase SERVER = EmbeddedDatabase.startTemporary();

    private TestDatabase() {}

    static void execute(String sql) throws SQLException {
        try (Connection connection = SERVER.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String text(String sql) throws SQLException {
        try (Connection connection = SERVER.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    static double number(String sql) throws SQLException {
        return Double.parseDouble(text(sql));
    }
}
