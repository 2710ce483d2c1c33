package io.retaillake.common.lake;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.registry.TableRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.analysis.TableAlreadyExistsException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.StagedTable;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark's catalog of a lake, which refuses the lake's tables where they lie elsewhere: no statement reads, changes or drops
 * another lake's. Where the catalog is a file in the lake's folder, and so is copied and moved with it, that holds of the user's
 * own tables as well.
 */
public final class LakeCatalog extends SparkCatalog {

    static final String ROOT = "lake-root";
    static final String NAMESPACE_PREFIX = "lake-namespace-prefix";
    static final String OWN_TABLES_ONLY = "lake-own-tables-only";

    private static final Pattern METADATA_FILE =
            Pattern.compile("((?:file:/|s3://).*?)/metadata/[^/]+\\.metadata\\.json");

    private String root;
    private String namespacePrefix;
    private List<TableContract> contracts;
    private boolean ownTablesOnly;

    /** Created by Spark, which knows its name. */
    public LakeCatalog() {}

    @Override
    protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
        root = options.get(ROOT);
        contracts = TableRegistry.load().contracts();
        namespacePrefix = options.getOrDefault(NAMESPACE_PREFIX, "");
        ownTablesOnly = options.getBoolean(OWN_TABLES_ONLY, false);
        return super.buildIcebergCatalog(name, options);
    }

    @Override
    public Table loadTable(Identifier name) throws NoSuchTableException {
        return own(name, () -> super.loadTable(name));
    }

    @Override
    public Table loadTable(Identifier name, String version) throws NoSuchTableException {
        return own(name, () -> super.loadTable(name, version));
    }

    @Override
    public Table loadTable(Identifier name, long timestamp) throws NoSuchTableException {
        return own(name, () -> super.loadTable(name, timestamp));
    }

    /** True of a table that lies elsewhere, too, so that it can be taken out of this catalog. */
    @Override
    public boolean tableExists(Identifier name) {
        try {
            return super.tableExists(name);
        } catch (JobException e) {
            return true;
        }
    }

    /** Removes the table's files as well. */
    @Override
    public boolean purgeTable(Identifier name) {
        try {
            loadTable(name);
        } catch (NoSuchTableException e) {
            return false;
        }
        return super.purgeTable(name);
    }

    @Override
    public Table createTable(Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException {
        requireOwn(name, properties.get(TableCatalog.PROP_LOCATION));
        return super.createTable(name, schema, partitions, properties);
    }

    @Override
    public StagedTable stageCreate(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties)
            throws TableAlreadyExistsException {
        requireOwn(name, properties.get(TableCatalog.PROP_LOCATION));
        return super.stageCreate(name, schema, partitions, properties);
    }

    @Override
    public StagedTable stageReplace(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties)
            throws NoSuchTableException {
        loadTable(name);
        requireOwn(name, properties.get(TableCatalog.PROP_LOCATION));
        return super.stageReplace(name, schema, partitions, properties);
    }

    @Override
    public StagedTable stageCreateOrReplace(
            Identifier name, StructType schema, Transform[] partitions, Map<String, String> properties) {
        try {
            loadTable(name);
        } catch (NoSuchTableException e) {
            // It is created.
        }
        requireOwn(name, properties.get(TableCatalog.PROP_LOCATION));
        return super.stageCreateOrReplace(name, schema, partitions, properties);
    }

    private Table own(Identifier name, Loading loading) throws NoSuchTableException {
        Table table;
        try {
            table = loading.load();
        } catch (RuntimeException e) {
            Optional<JobException> elsewhere = contract(name)
                    .or(() -> sqlTable(name, locationIn(e)))
                    .flatMap(contract -> place(contract).explain(e))
                    .or(() -> explainOwn(name, e));
            if (elsewhere.isPresent()) {
                throw elsewhere.get();
            }
            throw e;
        }
        requireOwn(name, table.properties().get(TableCatalog.PROP_LOCATION));
        return table;
    }

    private void requireOwn(Identifier name, String location) {
        if (location == null) {
            return;
        }
        Optional<TableContract> contract = contract(name).or(() -> sqlTable(name, Optional.of(location)));
        if (contract.isPresent()) {
            place(contract.get()).requireOwn(location);
        } else if (ownTablesOnly && !Locations.isWithin(root, location)) {
            throw elsewhere(name, location);
        }
    }

    /** The failure to report of a user's table whose metadata can't be read, and lies elsewhere. */
    private Optional<JobException> explainOwn(Identifier name, RuntimeException failure) {
        return !ownTablesOnly || contract(name).isPresent()
                ? Optional.empty()
                : locationIn(failure)
                        .filter(location -> !Locations.isWithin(root, location))
                        .map(location -> elsewhere(name, location));
    }

    /** The location of the table whose metadata could not be read. */
    private static Optional<String> locationIn(RuntimeException failure) {
        return Failures.causes(failure)
                .map(cause -> METADATA_FILE.matcher(String.valueOf(cause.getMessage())))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private JobException elsewhere(Identifier name, String location) {
        return JobException.badArguments(name + " lies in " + Locations.normalized(location) + ", and not in the lake "
                + root
                + ".\nWas the lake copied, restored or moved? Nothing was touched: what works on this table would read"
                + " and change what lies in the other place.\nName the lake that is meant (--lake). Or take the table out of"
                + " this one's catalog (DROP TABLE without PURGE, which leaves its files), and make it anew in this lake,"
                + " without a LOCATION outside; CheckLake --relocate takes along the jobs' tables only.");
    }

    private TablePlace place(TableContract contract) {
        return new TablePlace(contract, root);
    }

    /** The table that is meant; also by the names of its metadata tables and branches, which follow its own. */
    private Optional<TableContract> contract(Identifier name) {
        List<String> parts = new ArrayList<>(List.of(name.namespace()));
        parts.add(name.name());
        return parts.size() < 2
                ? Optional.empty()
                : contracts.stream()
                        .filter(contract -> parts.get(0)
                                .equals(namespacePrefix + contract.layer().namespace()))
                        .filter(contract -> parts.get(1).equals(contract.name()))
                        .findFirst();
    }

    /** The user's table that is defined in SQL, if one of that name lies in such a table's folder, be it of another lake. */
    private Optional<TableContract> sqlTable(Identifier name, Optional<String> location) {
        String[] namespace = name.namespace();
        return Stream.of(Layer.SILVER, Layer.GOLD)
                .filter(layer -> namespace.length > 0 && namespace[0].equals(namespacePrefix + layer.namespace()))
                .map(layer -> TableContract.ofSqlTable(layer, namespace.length > 1 ? namespace[1] : name.name()))
                .filter(table -> location.filter(
                                folder -> Locations.normalized(folder).endsWith("/" + table.folder()))
                        .isPresent())
                .findFirst();
    }

    @FunctionalInterface
    private interface Loading {
        Table load() throws NoSuchTableException;
    }
}
