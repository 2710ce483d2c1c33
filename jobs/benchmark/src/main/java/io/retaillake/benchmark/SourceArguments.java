package io.retaillake.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.Option;

/** The database that everybody reads, by the options that the extraction jobs take, too. */
final class SourceArguments {

    private static final String FILE = "file:";

    @Option(names = "--secret", paramLabel = "file:PATH", description = "file with user name and password, as JSON")
    private String secret;

    @Option(names = "--source-host", paramLabel = "HOST", description = "overrides the secret's host")
    private String host;

    @Option(names = "--source-port", paramLabel = "PORT", description = "overrides the secret's port")
    private String port;

    @Option(names = "--source-database", paramLabel = "NAME", description = "overrides the secret's dbname")
    private String database;

    @Option(names = "--source-schema", paramLabel = "NAME", description = "schema of the tables (default: retail)")
    private String schema;

    @Option(
            names = "--ssl-mode",
            paramLabel = "MODE",
            description = "TLS, as PostgreSQL names it (default: verify-full)")
    private String sslMode;

    @Option(names = "--ssl-root-cert", paramLabel = "FILE", description = "PEM file with the authorities to trust")
    private String sslRootCertificate;

    /** What was given, as options again. */
    List<String> options() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("--secret", secret);
        given.put("--source-host", host);
        given.put("--source-port", port);
        given.put("--source-database", database);
        given.put("--source-schema", schema);
        given.put("--ssl-mode", sslMode);
        given.put("--ssl-root-cert", sslRootCertificate);
        List<String> options = new ArrayList<>();
        given.forEach((name, value) -> {
            if (value != null) {
                options.addAll(List.of(name, value));
            }
        });
        return options;
    }

    /** Whether a database of the person's own is meant; what is wrong goes to {@code problems}. */
    boolean isGiven(List<String> problems) {
        if (secret == null && !options().isEmpty()) {
            problems.add("the options of your own database need --secret: without it the data are generated");
        }
        if (secret != null && !secret.startsWith(FILE)) {
            problems.add("--secret is '" + secret + "'; every contestant must read it, so give file:PATH");
        }
        return secret != null;
    }

    /** A table's name for SQL. */
    String table(String name) {
        return '"' + (schema == null ? "retail" : schema).replace("\"", "\"\"") + "\"." + name;
    }

    /**
     * A new connection.
     *
     * @throws SQLException if the server refuses it
     */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), properties());
    }

    /** The driver's address of the database, without the secret. */
    String url() {
        JsonNode content = content();
        return "jdbc:postgresql://"
                + Objects.requireNonNullElse(host, content.path("host").asText("localhost"))
                + ":" + Objects.requireNonNullElse(port, content.path("port").asText("5432"))
                + "/"
                + Objects.requireNonNullElse(database, content.path("dbname").asText("postgres"));
    }

    /** The driver's properties; they hold the password. */
    Properties properties() {
        JsonNode content = content();
        Properties properties = new Properties();
        properties.setProperty("user", content.path("username").asText());
        properties.setProperty("password", content.path("password").asText());
        properties.setProperty("sslmode", Objects.requireNonNullElse(sslMode, "verify-full"));
        if (sslRootCertificate != null) {
            properties.setProperty("sslrootcert", sslRootCertificate);
        }
        return properties;
    }

    /** How many purchases there are. Costs a scan. */
    long purchases() throws SQLException {
        return Long.parseLong(single("SELECT count(*) FROM " + table("purchase")));
    }

    String serverVersion() throws SQLException {
        return single("SHOW server_version");
    }

    private String single(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private JsonNode content() {
        Path file = Path.of(secret.substring(FILE.length()));
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            // The parser's message could quote the password.
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS, "--secret names " + file + ", which cannot be read as JSON");
        }
    }
}
