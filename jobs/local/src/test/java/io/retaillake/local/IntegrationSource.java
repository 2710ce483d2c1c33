package io.retaillake.local;

import io.retaillake.generator.GeneratorOptions;
import io.retaillake.generator.LoadProgress;
import io.retaillake.generator.SourceLoader;
import io.retaillake.source.EmbeddedDatabase;
import io.retaillake.source.ReaderRole;
import io.retaillake.source.SourceSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A schema of its own in one PostgreSQL that the integration tests share, and the secrets of who may read it and of who may
 * change it.
 */
final class IntegrationSource {

    /** How a missing value is written in {@link #lines}; no column holds it. */
    static final String NOTHING = "∅";

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.startTemporary();

    private final EmbeddedDatabase database;
    private final String schema;
    private final String reader;
    private final String password;
    private final Path readerSecret;
    private final Path adminSecret;

    /** Writes the secrets to {@code folder}; the schema does not exist yet. */
    IntegrationSource(Path folder, String schema) throws IOException {
        this(folder, schema, DATABASE);
    }

    /** The same in another database. */
    IntegrationSource(Path folder, String schema, EmbeddedDatabase database) throws IOException {
        this(folder, schema, database, "reader-" + UUID.randomUUID());
    }

    /** The same; the reader logs in by {@code password}. */
    IntegrationSource(Path folder, String schema, String password) throws IOException {
        this(folder, schema, DATABASE, password);
    }

    private IntegrationSource(Path folder, String schema, EmbeddedDatabase database, String password)
            throws IOException {
        this.database = database;
        this.password = password;
        this.schema = schema;
        reader = schema + "_reader";
        readerSecret = folder.resolve(schema + "-reader.json");
        adminSecret = folder.resolve(schema + "-admin.json");
        write(readerSecret, reader, password);
        write(adminSecret, database.username(), database.password());
    }

    private void write(Path file, String user, String password) throws IOException {
        SecretFile.write(file, user, password, database.host(), database.port(), database.database());
    }

    /** Creates the tables, empty. */
    IntegrationSource create() throws SQLException {
        try (Connection connection = database.connect()) {
            SourceSchema.create(connection, schema);
            ReaderRole.grant(connection, schema, reader, password.toCharArray());
        }
        return this;
    }

    /** Creates the tables with generated data. */
    IntegrationSource fill(double scale, double dirtyRate) throws SQLException {
        create();
        GeneratorOptions options = new GeneratorOptions(1, scale, dirtyRate);
        SourceLoader.load(database::connect, schema, options, 2, new LoadProgress() {
            @Override
            public void step(String name) {}

            @Override
            public void rows(long rowsDone, long rowsExpected) {}
        });
        return this;
    }

    /** The options of a job that reads it. */
    List<String> readerOptions() {
        return options(readerSecret);
    }

    /** The options of a job that reads it by another secret. */
    List<String> options(Path secret) {
        return List.of("--secret", "file:" + secret, "--source-schema", schema, "--ssl-mode", "disable");
    }

    Path readerSecret() {
        return readerSecret;
    }

    Path adminSecret() {
        return adminSecret;
    }

    /** Writes a secret of the reader with another password. */
    Path secretWithPassword(Path file, String other) throws IOException {
        write(file, reader, other);
        return file;
    }

    String reader() {
        return reader;
    }

    /** Every password that must stay secret. */
    List<String> passwords() {
        return List.of(password, database.password());
    }

    /** Executes statements in which {@code {s}} stands for the schema. */
    void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql.replace("{s}", schema));
            }
        }
    }

    /** A query's rows, each as its columns joined by a bar; a double as Java and Spark write it. */
    List<String> lines(String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.replace("{s}", schema))) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    cells.add(Objects.toString(rows.getObject(column), NOTHING));
                }
                lines.add(String.join("|", cells));
            }
        }
        return lines;
    }
}
