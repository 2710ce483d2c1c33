package io.retaillake.common.sqltable;

import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads definitions of tables from files: of a module's jar, or of a folder that a user names. */
public final class SqlTables {

    private SqlTables() {}

    /**
     * The definitions among a jar's resources, in their order.
     *
     * @param owner the class beside whose package's folder {@code tables} they lie
     * @param tables the tables' qualified names
     * @throws IllegalStateException naming all that is wrong with them
     */
    public static List<TableDefinition> ofResources(Class<?> owner, List<String> tables) {
        Problems problems = new Problems();
        List<TableDefinition> definitions = new ArrayList<>();
        for (String table : tables) {
            String path = "tables/" + table.substring(table.indexOf('.') + 1);
            SqlTableFile.read(path, resource(owner, path + ".yaml"), resource(owner, path + ".sql"), problems)
                    .map(SqlTableFile::definition)
                    .ifPresent(definitions::add);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Definitions of tables in the jar of " + owner.getName() + " are wrong:\n- "
                    + String.join("\n- ", problems.messages()));
        }
        return definitions;
    }

    private static String resource(Class<?> owner, String path) {
        try (InputStream resource = owner.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalStateException("The jar of " + owner.getName() + " lacks " + path);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + path, e);
        }
    }

    /**
     * The definitions in a user's folder, checked in themselves and among the tables of a registry.
     *
     * @param registry the tables that there are without them
     * @param problems gets all that is wrong, each with file and line
     * @return those that could be read; to be used only if there is no problem
     */
    public static List<TableDefinition> read(DefinitionFolder folder, TableRegistry registry, Problems problems) {
        List<SqlTableFile> files = new ArrayList<>();
        folder.pairs(problems)
                .forEach((path, pair) -> SqlTableFile.read(path, pair.yaml(), pair.sql(), problems)
                        .ifPresent(files::add));
        Map<String, TableDefinition> tables = new LinkedHashMap<>();
        registry.tables().forEach(table -> tables.put(table.name(), table));
        for (SqlTableFile file : files) {
            if (tables.put(file.definition().name(), file.definition()) != null) {
                file.refuseName("there is a table of this name already; choose another");
            }
        }
        files.forEach(file -> file.check(tables));
        return files.stream().map(SqlTableFile::definition).toList();
    }
}
