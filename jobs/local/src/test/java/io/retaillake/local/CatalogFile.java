package io.retaillake.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a local lake's tables without Spark and without this project's code. */
final class CatalogFile {

    private static final Pattern CURRENT_SNAPSHOT = Pattern.compile("\"current-snapshot-id\"\\s*:\\s*(\\d+)");

    private CatalogFile() {}

    /** What readers of each table see: its current snapshot's id by its name, where anything was published. */
    static SortedMap<String, String> snapshots(Path lake) throws SQLException, IOException {
        SortedMap<String, String> snapshots = new TreeMap<>();
        for (var table : metadataFiles(lake).entrySet()) {
            Matcher current = CURRENT_SNAPSHOT.matcher(Files.readString(table.getValue()));
            if (current.find()) {
                snapshots.put(table.getKey(), current.group(1));
            }
        }
        return snapshots;
    }

    /** The same without the record of runs, where failed ones are noted. */
    static SortedMap<String, String> dataSnapshots(Path lake) throws SQLException, IOException {
        SortedMap<String, String> snapshots = snapshots(lake);
        snapshots.remove("ops.job_runs");
        return snapshots;
    }

    /** Whether a run has published a table. */
    static boolean isPublished(Path lake, String table, String runId) throws SQLException, IOException {
        Path metadata = metadataFiles(lake).get(table);
        return metadata != null && Files.readString(metadata).contains("\"run-" + runId + "\"");
    }

    /** Keeps every process from committing to the lake until the connection is closed; reading goes on. */
    static Connection holdCommits(Path lake) throws SQLException {
        Connection connection =
                DriverManager.getConnection("jdbc:sqlite:" + lake.resolve("catalog.db") + "?busy_timeout=60000");
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return connection;
    }

    /** Each table's current metadata file. */
    static SortedMap<String, Path> metadataFiles(Path lake) throws SQLException {
        SortedMap<String, Path> files = new TreeMap<>();
        Path catalog = lake.resolve("catalog.db");
        if (!Files.exists(catalog)) {
            return files;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + catalog);
                Statement statement = connection.createStatement()) {
            // Whoever creates the file may be killed before its tables are in it.
            if (!hasRows(statement, "SELECT 1 FROM sqlite_master WHERE name = 'iceberg_tables'")) {
                return files;
            }
            try (ResultSet rows = statement.executeQuery(
                    "SELECT table_namespace || '.' || table_name, metadata_location FROM iceberg_tables")) {
                while (rows.next()) {
                    files.put(
                            rows.getString(1),
                            Path.of(URI.create(rows.getString(2)).getPath()));
                }
            }
        }
        return files;
    }

    private static boolean hasRows(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }
}
