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
import java.util.Optional;

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
        requireNone(owner, problems);
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
        return read(folder, registry, registry, problems);
    }

    /** The same; they may define anew and read what a lake has beyond the modules' tables. */
    static List<TableDefinition> read(
            DefinitionFolder folder, TableRegistry modules, TableRegistry ofLake, Problems problems) {
        List<SqlTableFile> files = new ArrayList<>();
        folder.pairs(problems)
                .forEach((path, pair) -> SqlTableFile.read(path, pair.yaml(), pair.sql(), problems)
                        .ifPresent(files::add));
        Map<String, TableDefinition> tables = new LinkedHashMap<>();
        ofLake.tables().forEach(table -> tables.put(table.name(), table));
        for (SqlTableFile file : files) {
            tables.put(file.definition().name(), file.definition());
            if (modules.named(file.definition().name()).isPresent()) {
                file.refuseName("there is a table of this name already; choose another");
            }
        }
        files.forEach(file -> file.check(tables));
        return files.stream().map(SqlTableFile::definition).toList();
    }

    /**
     * The cases of the test of a folder's definition.
     *
     * @param registry has it and its inputs
     * @param problems gets all that is wrong with the test, with file and line
     * @return empty where it has no test
     */
    public static List<TestCase> test(
            DefinitionFolder folder, TableDefinition table, TableRegistry registry, Problems problems) {
        String name = table.contract().name() + DefinitionFolder.TEST;
        return folder.text(name, problems)
                .map(text -> TestFile.read(
                        folder.path(name), text, table, registry, beside -> folder.text(beside, problems), problems))
                .orElse(List.of());
    }

    /**
     * The cases of the test of a definition among a jar's resources.
     *
     * @param owner as in {@link #ofResources}
     * @return empty where it has no test
     * @throws IllegalStateException naming all that is wrong with it
     */
    public static List<TestCase> testsOfResource(Class<?> owner, TableDefinition table, TableRegistry registry) {
        String path = "tables/" + table.contract().name() + DefinitionFolder.TEST;
        if (owner.getResource(path) == null) {
            return List.of();
        }
        Problems problems = new Problems();
        List<TestCase> cases = TestFile.read(
                path,
                resource(owner, path),
                table,
                registry,
                name -> Optional.of(resource(owner, "tables/" + name)),
                problems);
        requireNone(owner, problems);
        return cases;
    }

    private static void requireNone(Class<?> owner, Problems problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("Definitions of tables in the jar of " + owner.getName() + " are wrong:\n- "
                    + String.join("\n- ", problems.messages()));
        }
    }
}
