package io.retaillake.common.lake;

import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQLite file of a local catalog. Its tables are created by a catalog that is closed again, never by the session's:
 * Iceberg's JDBC catalog leaves the query open by which it looks for them, and as long as that is open, SQLite shows its
 * connection the state of that moment and refuses to write over what others have written since.
 */
final class LocalCatalogFile {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCatalogFile.class);
    private static final int BUSY_TIMEOUT_MILLIS = 60_000;
    private static final String TABLES = "iceberg_tables";
    private static final int MOST_NAMED = 5;

    private LocalCatalogFile() {}

    /** The properties of Iceberg's catalog on it. */
    static Map<String, String> properties(LakeSettings settings) {
        return Map.of(
                "uri",
                "jdbc:sqlite:" + settings.catalogFile() + "?journal_mode=WAL&busy_timeout=" + BUSY_TIMEOUT_MILLIS,
                "jdbc.schema-version",
                "V1",
                "jdbc.init-catalog-tables",
                "false",
                "clients",
                "1");
    }

    /** Creates the catalog's tables where there are none; one process at a time, because two would both create them. */
    static void createTables(LakeSettings settings) throws IOException {
        Path lockFile = Path.of(settings.catalogFile() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock();
                JdbcCatalog catalog = new JdbcCatalog()) {
            LOG.debug("Creating the catalog's tables under {}", lock);
            requireOneName(Path.of(settings.catalogFile()));
            requireCatalog(settings);
            catalog.setConf(new Configuration());
            catalog.initialize(LakeSession.CATALOG, withTables(settings));
        }
    }

    /** SQLite keeps what is new beside a database under its name, and damages one that it writes under two. */
    private static void requireOneName(Path file) throws IOException {
        if (!Files.exists(file)
                || !file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        int names = (Integer) Files.getAttribute(file, "unix:nlink");
        if (names > 1) {
            throw JobException.outsideSystem(
                    file + " is one file under " + names + " names (hard links, such as cp -l makes): what works on"
                            + " this lake would change the catalog of another, and SQLite damages such a file."
                            + "\nNothing was touched. While nothing works on either, make a file of its own of it, and of "
                            + file.getFileName() + "-wal if that is there: cp -p catalog.db new, mv new catalog.db.",
                    null);
        }
    }

    /** What is some program's database must not become a catalog. */
    private static void requireCatalog(LakeSettings settings) {
        List<String> tables = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(properties(settings).get("uri"));
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new UncheckedSQLException(e, "%s can't be read", settings.catalogFile());
        }
        if (!tables.isEmpty() && !tables.contains(TABLES)) {
            throw JobException.outsideSystem(
                    settings.catalogFile()
                            + " is an SQLite database of something else, and no catalog of a lake: it has no table "
                            + TABLES + " and has "
                            + tables.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                            + ".\nNothing was written to it. Name the right file (--catalog-file); or, if it took the catalog's"
                            + " place, move it away and put the catalog back from a backup, or register the tables again:"
                            + " CheckLake --restore.",
                    null);
        }
    }

    private static Map<String, String> withTables(LakeSettings settings) {
        Map<String, String> properties = new HashMap<>(properties(settings));
        properties.put("jdbc.init-catalog-tables", "true");
        properties.put("warehouse", settings.root() + "/data");
        properties.put("io-impl", LakeSession.FILE_IO);
        return properties;
    }
}
