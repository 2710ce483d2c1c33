package io.retaillake.jobs.tables;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.sqltable.BuildOrder;
import io.retaillake.common.sqltable.DefinitionFolder;
import io.retaillake.common.sqltable.SqlTables;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The definitions of a folder, and all that is wrong with each: one that is wrong does not keep the others from being looked at.
 *
 * @param folder where they are; empty for the library's alone
 * @param registry the library's tables and those
 * @param tables the folder's; the library's that are defined in SQL where there is no folder
 * @param problems all that is wrong, each with file and line
 */
record CheckedDefinitions(
        Optional<DefinitionFolder> folder,
        TableRegistry registry,
        List<TableDefinition> tables,
        List<String> problems) {

    /**
     * Reads and checks them, without a row of data.
     *
     * @throws JobException exit code 2 where there is no such folder, or no definition in it
     */
    static CheckedDefinitions read(SparkSession spark, Optional<String> location) {
        TableRegistry library = TableRegistry.load();
        if (location.isEmpty()) {
            List<TableDefinition> defined = library.tables().stream()
                    .filter(table -> table.query().isPresent())
                    .toList();
            return new CheckedDefinitions(Optional.empty(), library, defined, List.of());
        }
        DefinitionFolder folder =
                new DefinitionFolder(location.get(), spark.sessionState().newHadoopConf());
        Problems problems = new Problems();
        List<TableDefinition> tables = SqlTables.read(folder, library, problems);
        BuildOrder.of(tables, problems);
        TableRegistry registry = library.with(tables);
        for (TableDefinition table : tables) {
            if (of(folder, table.contract().name(), problems.messages()).isEmpty()) {
                QueryResult.check(spark, table, registry, problems);
            }
        }
        return new CheckedDefinitions(Optional.of(folder), registry, tables, problems.messages());
    }

    /** All that is wrong with the definitions that are meant. */
    List<String> problemsOf(DefinitionTarget target) {
        return folder.isEmpty() || target.name().isEmpty()
                ? problems
                : of(folder.get(), target.name().get().replaceFirst("^.*\\.", ""), problems);
    }

    /**
     * The tables that are meant.
     *
     * @throws JobException exit code 2 where there is none
     */
    List<TableDefinition> chosen(DefinitionTarget target) {
        List<TableDefinition> chosen =
                tables.stream().filter(table -> target.includes(table.name())).toList();
        if (chosen.isEmpty() && problemsOf(target).isEmpty()) {
            throw JobException.badArguments("There is no definition of "
                    + target.name().orElse("a table")
                    + folder.map(each -> " in " + each.location()).orElse("")
                    + "; defined in SQL are "
                    + String.join(
                            ", ", tables.stream().map(TableDefinition::name).toList())
                    + "."
                    + (folder.isEmpty() ? "\nFor one of your own give its file, or its folder by --tables." : ""));
        }
        return chosen;
    }

    private static List<String> of(DefinitionFolder folder, String name, List<String> problems) {
        String path = folder.path(name);
        return problems.stream()
                .filter(problem -> problem.startsWith(path + ".yaml:") || problem.startsWith(path + ".sql:"))
                .toList();
    }

    /** The failure that tells a person all of these problems. */
    static JobException wrong(List<String> problems) {
        return JobException.badArguments(
                "Definitions of tables are wrong; nothing was touched.\n- " + String.join("\n- ", problems));
    }
}
