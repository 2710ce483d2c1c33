package io.retaillake.common.sqltable;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeNamespace;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of a lake: the modules', and those that its users have defined and built. A table keeps the definition that its rows
 * were built from, so that whatever looks after a lake knows them without their files.
 *
 * @param lake the lake
 * @param modules the tables that come with modules
 * @param registry these and the users'; of a table whose definition can't be read, only where it lies
 */
public record LakeTables(Lake lake, TableRegistry modules, TableRegistry registry) {

    private static final Logger LOG = LoggerFactory.getLogger(LakeTables.class);

    /** Finds them. Costs a listing of the catalog's tables in silver and gold, and the metadata of each that no module has. */
    public static LakeTables of(Lake lake) {
        return of(lake, TableRegistry.load());
    }

    /** The same beside some modules' tables. */
    public static LakeTables of(Lake lake, TableRegistry modules) {
        List<TableDefinition> users = new ArrayList<>();
        for (Layer layer : List.of(Layer.SILVER, Layer.GOLD)) {
            LakeNamespace namespace = new LakeNamespace(lake, layer);
            for (String name : namespace.tables()) {
                if (modules.named(layer.namespace() + "." + name).isEmpty()) {
                    definition(namespace, name).ifPresent(users::add);
                }
            }
        }
        return new LakeTables(lake, modules, modules.with(users));
    }

    private static Optional<TableDefinition> definition(LakeNamespace namespace, String name) {
        TableContract place = TableContract.ofSqlTable(namespace.layer(), name);
        Optional<Map<String, String>> saved = namespace.definitionOf(name);
        if (saved.isEmpty()) {
            return Optional.of(TableDefinition.of(place));
        }
        if (saved.get().isEmpty()) {
            return Optional.empty();
        }
        Problems problems = new Problems();
        Optional<SqlTableFile> file = SqlTableFile.read(place.qualifiedName(), saved.get(), problems);
        if (file.isEmpty()) {
            LOG.warn(
                    "The definition that {} keeps can't be read, so what it adds up to is not checked. Build it again:"
                            + " BuildTable --tables <folder> --table {}\n- {}",
                    place,
                    place,
                    String.join("\n- ", problems.messages()));
        }
        return Optional.of(file.map(SqlTableFile::definition).orElseGet(() -> TableDefinition.of(place)));
    }

    /** The users' tables. */
    public List<TableDefinition> users() {
        return registry.tables().stream()
                .filter(table -> modules.named(table.name()).isEmpty())
                .toList();
    }

    /** All contracts, and of the tables that the catalog has lost, where they lie. */
    public List<TableContract> contractsAndLost() {
        List<TableContract> contracts = new ArrayList<>(registry.contracts());
        for (Layer layer : List.of(Layer.SILVER, Layer.GOLD)) {
            new LakeNamespace(lake, layer)
                    .sqlTableFolders().stream()
                            .map(name -> TableContract.ofSqlTable(layer, name))
                            .filter(table ->
                                    registry.named(table.qualifiedName()).isEmpty())
                            .forEach(contracts::add);
        }
        return contracts;
    }
}
