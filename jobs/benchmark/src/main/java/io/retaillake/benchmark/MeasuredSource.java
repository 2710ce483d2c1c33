package io.retaillake.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.command.CommandException;
import io.retaillake.local.OwnSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The database that everybody reads.
 *
 * @param options the extraction jobs' options that name it
 */
record MeasuredSource(Map<String, String> options) {

    private static final String FILE = "file:";

    /** Whether PostgreSQL itself keeps a purchase's key from repeating, by the rule that the jobs go by. */
    private static final String KEY_IS_ENFORCED = """
            SELECT count(*) > 0 FROM pg_index i
             WHERE i.indrelid = ?::regclass AND i.indisunique AND i.indisvalid
               AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnatts = i.indnkeyatts AND i.indnkeyatts = 5
               AND (SELECT array_agg(a.attname::text) FROM pg_attribute a
                     WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attnotnull)
                   @> ARRAY['affiliate', 'receipt_no', 'division_cd', 'main_category_cd', 'sub_category_cd']
            """;

    MeasuredSource {
        options = Map.copyOf(options);
    }

    /** Of names and values in turns. */
    static MeasuredSource of(List<String> words) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < words.size(); i += 2) {
            options.put(words.get(i), words.get(i + 1));
        }
        return new MeasuredSource(options);
    }

    /** Whether a database of the person's own is meant; what is wrong goes to {@code problems}. */
    static boolean isGiven(OwnSource own, List<String> problems) {
        Map<String, String> given = own.given();
        String secret = given.get(OwnSource.SECRET);
        if (secret == null && !given.isEmpty()) {
            problems.add(String.join(", ", given.keySet()) + " need --secret: without it the data are generated");
        }
        if (secret != null && !secret.startsWith(FILE)) {
            problems.add("--secret is '" + secret + "'; every contestant must read it, so give file:PATH");
        }
        return secret != null;
    }

    /** A table's name for SQL. */
    String table(String name) {
        String schema = options.getOrDefault("--source-schema", "retail");
        return '"' + schema.replace("\"", "\"\"") + "\"." + name;
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
                + either("--source-host", content.path("host").asText("localhost"))
                + ":" + either("--source-port", content.path("port").asText("5432"))
                + "/"
                + either("--source-database", content.path("dbname").asText("postgres"));
    }

    /** The driver's properties; they hold the password. */
    Properties properties() {
        JsonNode content = content();
        Properties properties = new Properties();
        properties.setProperty("user", content.path("username").asText());
        properties.setProperty("password", content.path("password").asText());
        properties.setProperty("sslmode", either("--ssl-mode", "verify-full"));
        String rootCertificate = options.get("--ssl-root-cert");
        if (rootCertificate != null) {
            properties.setProperty("sslrootcert", rootCertificate);
        }
        return properties;
    }

    /** How many purchases there are. Costs a scan. */
    long purchases() throws SQLException {
        return Long.parseLong(single("SELECT count(*) FROM " + table("purchase")));
    }

    /** Whether no two purchases can have the same key. */
    boolean keyIsEnforced() throws SQLException {
        return single(KEY_IS_ENFORCED, table("purchase")).equals("t");
    }

    String serverVersion() throws SQLException {
        return single("SHOW server_version");
    }

    private String either(String option, String secrets) {
        return options.getOrDefault(option, secrets);
    }

    private String single(String query, String... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private JsonNode content() {
        Path file = Path.of(options.get(OwnSource.SECRET).substring(FILE.length()));
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            // The parser's message could quote the password.
            throw new CommandException(
                    CommandException.BAD_ARGUMENTS, "--secret names " + file + ", which cannot be read as JSON");
        }
    }
}
