package io.retaillake.generator;

import io.retaillake.source.EmbeddedDatabase;
import io.retaillake.source.SourceSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One embedded server for all tests of the JVM; each test owns its schemas. */
final class TestDatabase {

    static final EmbeddedDatabase SERVER = EmbeddedDatabase.startTemporary();

    static final LoadProgress SILENT = new LoadProgress() {
        @Override
        public void step(String name) {}

        @Override
        public void rows(long rowsDone, long rowsExpected) {}
    };

    private TestDatabase() {}

    /** Creates and fills a schema. */
    static void fill(String schema, GeneratorOptions options, int parallelism) throws SQLException {
        try (Connection connection = SERVER.connect()) {
            SourceSchema.createTables(connection, schema);
        }
        SourceLoader.load(SERVER::connect, schema, options, parallelism, SILENT);
    }

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
