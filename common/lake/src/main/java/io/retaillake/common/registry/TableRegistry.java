package io.retaillake.common.registry;

import io.retaillake.common.contract.TableContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of all modules on the class path. */
public final class TableRegistry {

    private final Map<String, TableDefinition> tables;

    private TableRegistry(Map<String, TableDefinition> tables) {
        this.tables = tables;
    }

    /** That of the modules that the thread's class loader finds. */
    public static TableRegistry load() {
        return of(JobRegistry.modules());
    }

    /**
     * That of some modules.
     *
     * @throws IllegalArgumentException if two tables have one name
     */
    public static TableRegistry of(List<LakeModule> modules) {
        Map<String, TableDefinition> tables = new LinkedHashMap<>();
        for (LakeModule module : modules) {
            for (TableDefinition table : module.tables()) {
                if (tables.put(table.name(), table) != null) {
                    throw new IllegalArgumentException("Two tables are called " + table.name() + ", one of them in "
                            + module.getClass().getName()
                            + ". Rename one, or take one of their jars off the class path.");
                }
            }
        }
        return new TableRegistry(tables);
    }

    /** These tables and others, in the place of those of the same name, or after all. */
    public TableRegistry with(List<TableDefinition> others) {
        Map<String, TableDefinition> all = new LinkedHashMap<>(tables);
        others.forEach(table -> all.put(table.name(), table));
        return new TableRegistry(all);
    }

    /** All of them, in the order of their definition. */
    public List<TableDefinition> tables() {
        return List.copyOf(tables.values());
    }

    /** All contracts, in the order of their definition. */
    public List<TableContract> contracts() {
        return tables().stream().map(TableDefinition::contract).toList();
    }

    /** The table of a qualified name. */
    public Optional<TableDefinition> named(String qualifiedName) {
        return Optional.ofNullable(tables.get(qualifiedName));
    }

    /**
     * The contract of a table.
     *
     * @throws IllegalArgumentException if no module has it
     */
    public TableContract contract(String qualifiedName) {
        return named(qualifiedName)
                .map(TableDefinition::contract)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No module defines " + qualifiedName + "; there are " + String.join(", ", tables.keySet())));
    }
}
