package io.retaillake.common.lake;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Failures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/**
 * What there is in a layer of a lake, whoever made it and wherever it lies.
 *
 * @param lake the lake
 * @param layer which
 */
public record LakeNamespace(Lake lake, Layer layer) {

    /** The names of the tables that the catalog has. Costs one request of it for some hundred tables. */
    public List<String> tables() {
        // Each catalog has a failure of its own for a namespace that is not there.
        return ((SupportsNamespaces) catalog()).namespaceExists(namespace())
                ? catalog().listTables(namespace()).stream()
                        .map(TableIdentifier::name)
                        .sorted()
                        .toList()
                : List.of();
    }

    /** The names of the folders with versions of tables that are defined in SQL, whether or not the catalog has them. */
    public List<String> sqlTableFolders() {
        Path folder = new Path(lake.settings().root() + "/" + TableContract.sqlTablesFolder(layer));
        try {
            return Stream.of(folder.getFileSystem(lake.spark().sessionState().newHadoopConf())
                            .listStatus(folder))
                    .filter(FileStatus::isDirectory)
                    .map(file -> file.getPath().getName())
                    .filter(name -> new TableVersions(lake, TableContract.ofSqlTable(layer, name)).exist())
                    .sorted()
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be listed", e);
        }
    }

    /**
     * What a table keeps of its definition in SQL; nothing of one that was not made from one.
     *
     * @return empty where the table lies where such tables do, and its definition can't be read there
     */
    public Optional<Map<String, String>> definitionOf(String name) {
        TableContract place = TableContract.ofSqlTable(layer, name);
        try {
            Table table = catalog().loadTable(TableIdentifier.of(namespace(), name));
            Map<String, String> definition = TableContract.definition(table.properties());
            return definition.isEmpty()
                            && Locations.normalized(table.location()).endsWith("/" + place.folder())
                    ? Optional.empty()
                    : Optional.of(definition);
        } catch (NoSuchTableException e) {
            // It was dropped meanwhile.
            return Optional.of(Map.of());
        } catch (RuntimeException e) {
            if (!DamagedTable.isOfFile(e) && !DamagedTable.isOfDecoder(e)) {
                throw e;
            }
            boolean isInPlace = new TableVersions(lake, place).exist()
                    || Failures.causes(e)
                            .anyMatch(cause -> DamagedTable.fileIn(String.valueOf(cause.getMessage()), place)
                                    .isPresent());
            return isInPlace ? Optional.empty() : Optional.of(Map.of());
        }
    }

    private Catalog catalog() {
        return lake.catalog();
    }

    private Namespace namespace() {
        return Namespace.of(lake.settings().namespacePrefix() + layer.namespace());
    }
}
