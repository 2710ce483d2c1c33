package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.NativeLibraryFailure;
import io.retaillake.common.spark.SnapshotRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake: the tables of one catalog, found by their contracts and created from them. */
public final class Lake {

    private static final Map<String, String> COMMON_PROPERTIES = Map.of(
            "format-version",
            "2",
            TableLayout.VERSION_PROPERTY,
            Integer.toString(TableLayout.VERSION),
            "write.distribution-mode",
            "none",
            "write.spark.fanout.enabled",
            "true",
            "write.metadata.delete-after-commit.enabled",
            "true",
            "write.metadata.previous-versions-max",
            "50",
            "write.parquet.compression-codec",
            "zstd",
            "commit.retry.num-retries",
            "10");

    private final SparkSession spark;
    private final LakeSettings settings;
    private final Catalog catalog;

    private Lake(SparkSession spark, LakeSettings settings, Catalog catalog) {
        this.spark = spark;
        this.settings = settings;
        this.catalog = catalog;
    }

    /**
     * Opens the lake in a Spark session of its own.
     *
     * @throws JobException exit code 4 when its folder or catalog can't be reached or written
     */
    public static Lake open(LakeSettings settings, String applicationName) {
        createFolders(settings);
        SparkSession spark = LakeSession.open(settings, applicationName);
        if (settings.root().startsWith("s3://")) {
            S3Probe.requireReachable(settings.root(), spark.sessionState().newHadoopConf());
        }
        try {
            return new Lake(spark, settings, loadCatalog(settings, spark));
        } catch (JobException e) {
            throw e;
        } catch (RuntimeException | IOException e) {
            throw NativeLibraryFailure.explain(applicationName, e)
                    .or(() -> DamagedCatalog.explain(settings.catalogFile(), e))
                    .orElseGet(() -> unreachable(settings, e));
        }
    }

    /**
     * Requires that there is a lake: what only looks at one must not make the one that it looks for.
     *
     * @throws JobException exit code 2 when there is no catalog's file
     */
    public static void requireExists(LakeSettings settings) {
        if (settings.catalogFile() != null && !Files.exists(Path.of(settings.catalogFile()))) {
            throw JobException.badArguments("There is no lake at " + settings.root() + ": no file "
                    + settings.catalogFile() + ".\nName one with --lake, or fill one with bin/pipeline.");
        }
    }

    private static Catalog loadCatalog(LakeSettings settings, SparkSession spark) throws IOException {
        if (settings.catalog() == CatalogKind.LOCAL) {
            LocalCatalogFile.createTables(settings);
        }
        return Spark3Util.loadIcebergCatalog(spark, LakeSession.CATALOG);
    }

    private static void createFolders(LakeSettings settings) {
        try {
            if (settings.folder().isPresent()) {
                Path root = Files.createDirectories(settings.folder().get());
                Files.delete(Files.createTempFile(root, ".write-test", null));
            }
            if (settings.catalogFile() != null) {
                Files.createDirectories(
                        Path.of(settings.catalogFile()).toAbsolutePath().getParent());
            }
        } catch (IOException e) {
            throw JobException.outsideSystem(
                    "The lake " + settings.root() + " can't be written: " + e
                            + "\nChoose another --lake, or let this user write there.",
                    e);
        }
    }

    private static JobException unreachable(LakeSettings settings, Exception e) {
        String catalog = settings.catalogFile() == null ? "AWS Glue Data Catalog" : settings.catalogFile();
        Throwable innermost = Failures.causes(e).reduce((outer, inner) -> inner).orElse(e);
        return JobException.outsideSystem(
                "The catalog of the lake " + settings.root() + " (" + catalog + ") can't be used: "
                        + innermost.getMessage()
                        + "\nCheck --lake, --catalog and --catalog-file, and that this user may write there.",
                e);
    }

    /** The session that reads and writes it. */
    public SparkSession spark() {
        return spark;
    }

    /** Where it is. */
    public LakeSettings settings() {
        return settings;
    }

    Catalog catalog() {
        return catalog;
    }

    /** The table's name for Spark, e.g. {@code lake.silver.purchases}. */
    public String identifier(TableContract contract) {
        return LakeSession.CATALOG + "." + namespace(contract) + "." + contract.name();
    }

    /**
     * The table, if it exists.
     *
     * @throws JobException exit code 2 when it lies in another place than this lake, or is not what this version reads
     */
    public Optional<Table> find(TableContract contract) {
        Optional<Table> table = load(contract);
        table.ifPresent(new TableLayout(contract, settings.root())::requireReadable);
        return table;
    }

    /** The table as the catalog names it, whatever wrote it; it must lie in this lake. */
    Optional<Table> load(TableContract contract) {
        TablePlace place = new TablePlace(contract, settings.root());
        try {
            Table table = catalog.loadTable(TableIdentifier.of(namespace(contract), contract.name()));
            place.requireOwn(table.location());
            return Optional.of(table);
        } catch (NoSuchTableException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw place.explain(e)
                    .or(() -> DamagedTable.explainNoMetadata(contract, place.folder(), e))
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        }
    }

    /** Whether the catalog names a table that can be read in another place than this lake. */
    boolean isReadableElsewhere(TableContract contract) {
        try {
            Table table = catalog.loadTable(TableIdentifier.of(namespace(contract), contract.name()));
            return !new TablePlace(contract, settings.root()).isOwn(table.location());
        } catch (NoSuchTableException | NotFoundException e) {
            return false;
        }
    }

    /**
     * The table, if it exists, which is to be written later.
     *
     * @throws JobException exit code 2 when the table is older or newer than its contract, or partitioned otherwise, 4 when the
     *     catalog does not know its newest version
     */
    public Optional<Table> findWritable(TableContract contract) {
        Optional<Table> table = new TableVersions(this, contract).findNewest();
        table.ifPresent(found -> new TableLayout(contract, settings.root()).requireWritable(found));
        return table;
    }

    /**
     * Requires that an older table has the columns that are to be read of it.
     *
     * @throws JobException exit code 2 naming those that it lacks
     */
    public void requireColumns(TableContract contract, Collection<String> columns) {
        find(contract).ifPresent(table -> TableLayout.requireColumns(table, contract.qualifiedName(), columns));
    }

    /** The same of a table of any name. */
    public static void requireColumns(Table table, Collection<String> columns) {
        TableLayout.requireColumns(table, table.name().substring(table.name().indexOf('.') + 1), columns);
    }

    /**
     * The table to write, created from its contract when it doesn't exist.
     *
     * @throws JobException exit code 2 when the table is older or newer than its contract, or partitioned otherwise, 4 when the
     *     catalog does not know its newest version
     */
    public Table findOrCreate(TableContract contract) {
        Table table = find(contract).orElseGet(() -> create(contract));
        new TableLayout(contract, settings.root()).requireWritable(table);
        return table;
    }

    /**
     * Has the catalog name a version of a table that lies in the table's folder; or, without one, no version.
     *
     * @param metadataFile the version's metadata
     */
    void register(TableContract contract, Optional<String> metadataFile) {
        TableIdentifier identifier = TableIdentifier.of(namespace(contract), contract.name());
        catalog.dropTable(identifier, false);
        if (metadataFile.isPresent()) {
            createNamespace(identifier.namespace());
            catalog.registerTable(identifier, metadataFile.get());
        }
    }

    /** The failure to report where the catalog does not know a table whose versions lie in its folder. */
    public static JobException lost(TableContract contract, LakeSettings settings) {
        String file = settings.catalogFile() == null ? "AWS Glue Data Catalog" : settings.catalogFile();
        return JobException.outsideSystem(
                "The catalog (" + file + ") does not know " + contract + ", but its versions lie in " + settings.root()
                        + "/" + contract.folder()
                        + ".\nWas the catalog lost, or is it another one? A table made anew would hold nothing of what was"
                        + " there.\nPut the catalog back, name the right one (--catalog, --catalog-file), or register the"
                        + " tables again: CheckLake --restore.",
                null);
    }

    /** Whether the table's folder is another's, too: that of the same table under another prefix. */
    private boolean sharesFolder(TableContract contract) {
        return ((SupportsNamespaces) catalog)
                .listNamespaces().stream()
                        .filter(namespace ->
                                namespace.toString().endsWith(contract.layer().namespace()))
                        .filter(namespace -> !namespace.toString().equals(namespace(contract)))
                        .anyMatch(namespace -> catalog.tableExists(TableIdentifier.of(namespace, contract.name())));
    }

    private void createNamespace(Namespace namespace) {
        SupportsNamespaces namespaces = (SupportsNamespaces) catalog;
        if (!namespaces.namespaceExists(namespace)) {
            try {
                namespaces.createNamespace(namespace);
            } catch (AlreadyExistsException e) {
                // Another job of the run was faster.
            }
        }
    }

    private Table create(TableContract contract) {
        if (new TableVersions(this, contract).exist() && !sharesFolder(contract)) {
            // Perhaps another job of the run was faster.
            return find(contract).orElseThrow(() -> lost(contract, settings));
        }
        Namespace namespace = Namespace.of(namespace(contract));
        createNamespace(namespace);
        Schema schema = contract.icebergSchema();
        TableIdentifier identifier = TableIdentifier.of(namespace, contract.name());
        try {
            return catalog.buildTable(identifier, schema)
                    .withLocation(settings.root() + "/" + contract.folder())
                    .withPartitionSpec(contract.partitionSpec(schema))
                    .withProperties(propertiesOf(contract))
                    .create();
        } catch (AlreadyExistsException e) {
            return catalog.loadTable(identifier);
        }
    }

    /** The properties of a table that is created from its contract. */
    static Map<String, String> propertiesOf(TableContract contract) {
        Map<String, String> properties = new HashMap<>(COMMON_PROPERTIES);
        properties.putAll(contract.properties());
        properties.put("comment", contract.grain() + " / " + contract.koreanGrain());
        return properties;
    }

    /** Whether a property is one that a lake's owner may have set to another value, which is left. */
    static boolean isProposal(TableContract contract, String property) {
        return COMMON_PROPERTIES.containsKey(property)
                && !contract.properties().containsKey(property)
                && !property.equals(TableLayout.VERSION_PROPERTY);
    }

    /**
     * From now on a table's partition is read by one task, and rows that are grouped by the partition's columns among others
     * are grouped there, without a shuffle. It pays where partitions are many; one alone is not divided among tasks any more.
     */
    public void readPartitionsWhole() {
        spark.conf().set("spark.sql.sources.v2.bucketing.enabled", "true");
        spark.conf().set("spark.sql.iceberg.planning.preserve-data-grouping", "true");
    }

    /** The rows of a snapshot under the table's columns of today; what was added since is null. */
    public Dataset<Row> read(TableContract contract, long snapshotId) {
        return SnapshotRead.read(spark, identifier(contract), snapshotId);
    }

    /**
     * The snapshot of a table that a job of run {@code runId} reads: the one that this very run published, else what is
     * current.
     *
     * @throws JobException exit code 2 when the table was never published; {@code producer} is the job to run first
     */
    public long inputSnapshot(TableContract contract, String runId, String producer) {
        Optional<Table> table = find(contract);
        SnapshotRef tag = table.map(t -> t.refs().get(tag(runId))).orElse(null);
        if (tag != null) {
            return tag.snapshotId();
        }
        Snapshot current = table.map(Table::currentSnapshot)
                .orElseThrow(() -> table.isEmpty() && new TableVersions(this, contract).exist()
                        ? lost(contract, settings)
                        : JobException.badArguments("There is no " + contract + " in the lake " + settings.root()
                                + " yet.\nRun " + producer + " first."));
        return current.snapshotId();
    }

    /** The tag that a run leaves on each table that it published. */
    public static String tag(String runId) {
        return "run-" + runId;
    }

    /** The branch that a run writes on each table until it is published; it stays where a run failed or died. */
    public static String branch(String runId) {
        return "audit-" + runId;
    }

    /** The branch on which a query's batch lies before it is appended to a table; it stays for the query's next batch. */
    public static String appendBranch(String query) {
        return "append-" + query;
    }

    private String namespace(TableContract contract) {
        return settings.namespacePrefix() + contract.layer().namespace();
    }
}
