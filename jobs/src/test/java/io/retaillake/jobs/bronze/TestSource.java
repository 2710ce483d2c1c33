package io.retaillake.jobs.bronze;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.source.EmbeddedDatabase;
import io.retaillake.source.ReaderRole;
import io.retaillake.source.SourceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;

/** A schema of its own in one PostgreSQL that all tests share, with the source's tables and a reader's secret. */
public final class TestSource {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.startTemporary();

    /** Where the tables are changed. */
    private final EmbeddedDatabase database;

    /** Where the secret leads. */
    private EmbeddedDatabase readDatabase;

    private final String schema;
    private final String reader;
    private final String password = UUID.randomUUID() + "'\"\\ 한";
    private final Path secret;

    private TestSource(Path folder, String schemaPrefix, EmbeddedDatabase database, EmbeddedDatabase readDatabase)
            throws IOException {
        this.database = database;
        this.readDatabase = readDatabase;
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        schema = schemaPrefix + suffix;
        reader = "reader_" + suffix;
        secret = folder.resolve("secret.json");
        writeSecret(password);
    }

    /** A new schema with empty tables and keys. */
    public static TestSource create(Path folder) throws SQLException, IOException {
        return create(folder, "Retail ");
    }

    /** The same, in a schema whose name begins so. */
    static TestSource create(Path folder, String schemaPrefix) throws SQLException, IOException {
        return create(new TestSource(folder, schemaPrefix, DATABASE, DATABASE));
    }

    /** The same in a server of its own, whose standby is what a job is told to read. */
    static TestSource create(Path folder, EmbeddedDatabase primary, EmbeddedDatabase standby)
            throws SQLException, IOException {
        return create(new TestSource(folder, "Retail ", primary, standby));
    }

    private static TestSource create(TestSource source) throws SQLException {
        try (Connection connection = source.connect()) {
            SourceSchema.create(connection, source.schema);
            ReaderRole.grant(connection, source.schema, source.reader, source.password.toCharArray());
        }
        return source;
    }

    public Connection connect() throws SQLException {
        return database.connect();
    }

    /** Has jobs read another server. */
    void readFrom(EmbeddedDatabase other) throws IOException {
        readDatabase = other;
        writeSecret(password);
    }

    /** The server that a job is told to read. */
    EmbeddedDatabase readDatabase() {
        return readDatabase;
    }

    /** Runs a statement in which {@code {s}} is the schema. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(in(sql));
        }
    }

    /** The first column of a query in which {@code {s}} is the schema. */
    public String query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(in(sql))) {
            row.next();
            return row.getString(1);
        }
    }

    /** Adds {@code count} purchases over 2014 and 2015 that follow a pattern, keys from {@code first} on. */
    void addPurchases(int first, int count) throws SQLException {
        execute(String.format(Locale.ROOT, """
                INSERT INTO {s}.purchase
                SELECT chr(65 + i %% 4), 'R' || i / 3, 'D1', 'M1', 'S' || i, NULL, 'T1',
                       to_char(date '2014-01-01' + i %% 730, 'YYYYMMDD'), '12', i * 10
                  FROM generate_series(%d, %d) i
                """, first, first + count - 1));
    }

    /** Has every statement in which the reader meets a certain row last that much longer. */
    void slowDown(String table, String row, int seconds) throws SQLException {
        execute("ALTER TABLE {s}." + table + " ENABLE ROW LEVEL SECURITY");
        execute("CREATE POLICY slow ON {s}." + table + " USING (NOT (" + row + ") OR pg_sleep(" + seconds
                + ") IS NOT NULL)");
    }

    /** A job's options that name this source, and {@code more}. */
    public String[] options(Path lake, String runId, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "--secret",
                "file:" + secret,
                "--source-schema",
                schema,
                "--ssl-mode",
                "disable",
                "--lake",
                lake.toString(),
                "--run-id",
                runId));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    public void writeSecret(String secretPassword) throws IOException {
        String escaped = secretPassword.replace("\\", "\\\\").replace("\"", "\\\"");
        Files.writeString(
                secret,
                "{\"username\": \"" + reader + "\", \"password\": \"" + escaped + "\", \"host\": \""
                        + readDatabase.host() + "\", \"port\": " + readDatabase.port() + ", \"dbname\": \""
                        + readDatabase.database() + "\"}");
    }

    /** Writes a secret for any user, host and database of the server. */
    static Path writeSecret(Path file, String username, String secretPassword, String host, String database)
            throws IOException {
        new ObjectMapper()
                .writeValue(
                        file.toFile(),
                        Map.of(
                                "username", username,
                                "password", secretPassword,
                                "host", host,
                                "port", DATABASE.port(),
                                "dbname", database));
        return file;
    }

    /** The server's administrator in another database, whose secret is written to {@code secret}. */
    static Connection connect(String database, Path secret) throws SQLException, IOException {
        writeSecret(secret, DATABASE.username(), DATABASE.password(), DATABASE.host(), database);
        Properties login = new Properties();
        login.setProperty("user", DATABASE.username());
        login.setProperty("password", DATABASE.password());
        return DriverManager.getConnection(
                "jdbc:postgresql://" + DATABASE.host() + ":" + DATABASE.port() + "/" + database, login);
    }

    /** Restarts the server by {@code pg_ctl} in this mode. */
    static void restart(String mode) throws IOException {
        DATABASE.restart(mode);
    }

    static String host() {
        return DATABASE.host();
    }

    static String database() {
        return DATABASE.database();
    }

    public String schema() {
        return schema;
    }

    public String reader() {
        return reader;
    }

    public String password() {
        return password;
    }

    /** The statement with the schema in place of {@code {s}}. */
    public String in(String sql) {
        return sql.replace("{s}", SourceRelation.quote(schema));
    }
}
