package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.registry.TableRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Spark's catalog of a lake, which refuses the lake's tables where they lie elsewhere: no statement reads, changes or drops
 * another lake's.
 */
public final class LakeCatalog extends SparkCatalog {

    static final String ROOT = "lake-root";
    static final String NAMESPACE_PREFIX = "lake-namespace-prefix";

    private String root;
    private String namespacePrefix;

    /** Created by Spark, which knows its name. */
    public LakeCatalog() {}

    @Override
    protected Catalog buildIcebergCatalog(String name, CaseInsensitiveStringMap options) {
        root = options.get(ROOT);
        namespacePrefix = options.getOrDefault(NAMESPACE_PREFIX, "");
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

    private Table own(Identifier name, Loading loading) throws NoSuchTableException {
        Optional<TablePlace> place = contract(name).map(contract -> new TablePlace(contract, root));
        Table table;
        try {
            table = loading.load();
        } catch (RuntimeException e) {
            Optional<JobException> elsewhere = place.flatMap(known -> known.explain(e));
            if (elsewhere.isPresent()) {
                throw elsewhere.get();
            }
            throw e;
        }
        String location = table.properties().get(TableCatalog.PROP_LOCATION);
        if (location != null) {
            place.ifPresent(known -> known.requireOwn(location));
        }
        return table;
    }

    /** The table that is meant; also by the names of its metadata tables and branches, which follow its own. */
    private Optional<TableContract> contract(Identifier name) {
        List<String> parts = new ArrayList<>(List.of(name.namespace()));
        parts.add(name.name());
        return parts.size() < 2
                ? Optional.empty()
                : TableRegistry.load().contracts().stream()
                        .filter(contract -> parts.get(0)
                                .equals(namespacePrefix + contract.layer().namespace()))
                        .filter(contract -> parts.get(1).equals(contract.name()))
                        .findFirst();
    }

    @FunctionalInterface
    private interface Loading {
        Table load() throws NoSuchTableException;
    }
}
