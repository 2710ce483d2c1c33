package io.retaillake.queries;

import io.airlift.log.Level;
import io.airlift.log.Logging;
import io.trino.Session;
import io.trino.execution.QueryInfo;
import io.trino.plugin.hive.HiveConnectorFactory;
import io.trino.plugin.iceberg.IcebergPlugin;
import io.trino.spi.Plugin;
import io.trino.spi.connector.ConnectorFactory;
import io.trino.spi.type.TimeZoneKey;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.TestingSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Trino with a lake's tables, as Athena would have them: one catalog, whose schemas are the layers. */
final class Trino implements AutoCloseable {

    private static final String CATALOG = "awsdatacatalog";

    private final DistributedQueryRunner runner;

    /**
     * What a query gave and took.
     *
     * @param figures its result
     * @param types the result's types
     * @param info what Trino knows of its running
     */
    record Answer(Figures figures, List<String> types, QueryInfo info) {

        /** Bytes read from data files, after pruning of partitions, row groups and columns. */
        long bytesRead() {
            return info.getQueryStats().getPhysicalInputDataSize().toBytes();
        }

        /** Rows read from data files. */
        long rowsRead() {
            return info.getQueryStats().getPhysicalInputPositions();
        }
    }

    private Trino(DistributedQueryRunner runner) {
        this.runner = runner;
    }

    /** Starts it on the lake whose catalog file is {@code catalog}; {@code folder} takes its files. Writes nothing to the lake. */
    static Trino start(Path catalog, Path folder) throws Exception {
        Trino trino = started();
        trino.runner.installPlugin(new IcebergPlugin());
        trino.runner.createCatalog(
                CATALOG,
                "iceberg",
                Map.of(
                        "iceberg.catalog.type", "TESTING_FILE_METASTORE",
                        "hive.metastore.catalog.dir", folder.toUri().toString(),
                        "iceberg.register-table-procedure.enabled", "true"));
        trino.register(metadataFiles(catalog));
        return trino;
    }

    /** Starts it with tables over files: {@code ddl} makes them, and views, in {@code schema}; {@code folder} takes its own files. */
    static Trino overFiles(Path folder, String schema, String... ddl) throws Exception {
        Trino trino = started();
        trino.runner.installPlugin(new Plugin() {
            @Override
            public Iterable<ConnectorFactory> getConnectorFactories() {
                return List.of(new HiveConnectorFactory("hive"));
            }
        });
        trino.runner.createCatalog(
                CATALOG,
                "hive",
                Map.of(
                        "hive.metastore",
                        "file",
                        "hive.metastore.catalog.dir",
                        folder.toUri().toString(),
                        "hive.metastore.user",
                        "test",
                        "hive.security",
                        "allow-all",
                        "hive.non-managed-table-writes-enabled",
                        "true",
                        "hive.ignore-absent-partitions",
                        "true",
                        "hive.partition-projection-enabled",
                        "true"));
        trino.runner.execute("CREATE SCHEMA " + schema);
        for (String statement : ddl) {
            trino.runner.execute(statement);
        }
        return trino;
    }

    private static Trino started() throws Exception {
        Session session = TestingSession.testSessionBuilder()
                .setCatalog(CATALOG)
                .setTimeZoneKey(TimeZoneKey.UTC_KEY)
                .build();
        Trino trino = new Trino(
                DistributedQueryRunner.builder(session).setNodeCount(1).build());
        Logging.initialize().setLevel("", Level.WARN);
        return trino;
    }

    private void register(SortedMap<String, String> metadataFiles) {
        var schemas = new TreeSet<String>();
        metadataFiles.forEach((table, metadata) -> {
            String[] names = table.split("\\.", 2);
            if (schemas.add(names[0])) {
                runner.execute("CREATE SCHEMA " + names[0]);
            }
            int folderEnd = metadata.lastIndexOf("/metadata/");
            runner.execute("CALL system.register_table('%s', '%s', '%s', '%s')"
                    .formatted(
                            names[0],
                            names[1],
                            metadata.substring(0, folderEnd),
                            metadata.substring(folderEnd + "/metadata/".length())));
        });
    }

    /** The current metadata file of each table, by its name with its layer. */
    static SortedMap<String, String> metadataFiles(Path catalog) throws SQLException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:file:" + catalog + "?mode=ro");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_namespace || '.' || table_name, metadata_location FROM iceberg_tables")) {
            while (rows.next()) {
                files.put(rows.getString(1), rows.getString(2));
            }
        }
        return files;
    }

    /** Runs a query. */
    Answer query(String sql) {
        var executed = runner.executeWithQueryId(runner.getDefaultSession(), sql);
        MaterializedResult result = executed.getResult();
        Figures figures = new Figures(
                result.getColumnNames(),
                result.getMaterializedRows().stream()
                        .map(row -> Figures.row(row.getFields()))
                        .toList());
        return new Answer(
                figures,
                result.getTypes().stream().map(type -> type.getDisplayName()).toList(),
                runner.getCoordinator().getFullQueryInfo(executed.getQueryId()));
    }

    @Override
    public void close() {
        runner.close();
    }
}
