package io.retaillake.queries;

import io.retaillake.generator.GeneratorOptions;
import io.retaillake.generator.LoadProgress;
import io.retaillake.generator.SourceLoader;
import io.retaillake.source.EmbeddedDatabase;
import io.retaillake.source.SourceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL with the source's tables, from which the jobs extract and the expected figures are worked out. */
final class Source {

    private static final String SCHEMA = "retail";
    private static final int THREADS = 2;

    private final EmbeddedDatabase database = EmbeddedDatabase.startTemporary();

    /** Fills the tables with generated data, every defect among them. */
    Source fill(double scale, double dirtyRate) throws SQLException {
        try (Connection connection = database.connect()) {
            SourceSchema.create(connection, SCHEMA);
        }
        LoadProgress unseen = new LoadProgress() {
            @Override
            public void step(String name) {}

            @Override
            public void rows(long rowsDone, long rowsExpected) {}
        };
        SourceLoader.load(database::connect, SCHEMA, new GeneratorOptions(1, scale, dirtyRate), THREADS, unseen);
        return this;
    }

    /** The options of a job that reads it; writes the secret to {@code folder}. */
    List<String> jobOptions(Path folder) throws IOException {
        return List.of("--secret", "file:" + secret(folder, database.password()), "--ssl-mode", "disable");
    }

    /** The options of a job that the database will refuse. */
    List<String> refusedJobOptions(Path folder) throws IOException {
        return List.of("--secret", "file:" + secret(folder, "not the password"), "--ssl-mode", "disable");
    }

    private Path secret(Path folder, String password) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path file = Files.createTempFile(folder, "secret", ".json", ownerOnly);
        return Files.writeString(
                file,
                "{\"username\": \"%s\", \"password\": \"%s\", \"engine\": \"postgres\", \"host\": \"%s\", \"port\": %d, \"dbname\": \"%s\"}"
                        .formatted(
                                database.username(), password, database.host(), database.port(), database.database()));
    }

    /** Executes statements in which {@code {s}} stands for the schema. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.replace("{s}", SCHEMA));
            }
        }
    }

    /** The purchases that must be in silver as the source is now, for the queries of expected figures. */
    void workOutValidPurchases() throws SQLException {
        execute(
                "DROP TABLE IF EXISTS {s}.valid_purchase",
                Resources.text(Resources.file("valid-purchases.sql")),
                "CREATE INDEX ON {s}.valid_purchase (customer_id)",
                "ANALYZE {s}.valid_purchase");
    }

    /** A query's result. */
    Figures query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("{s}", SCHEMA))) {
            ResultSetMetaData metadata = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int column = 1; column <= metadata.getColumnCount(); column++) {
                columns.add(metadata.getColumnLabel(column));
            }
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> values = new ArrayList<>();
                for (int column = 1; column <= columns.size(); column++) {
                    values.add(result.getObject(column));
                }
                rows.add(Figures.row(values));
            }
            return new Figures(columns, rows);
        }
    }
}
