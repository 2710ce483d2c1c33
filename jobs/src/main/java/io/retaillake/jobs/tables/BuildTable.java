package io.retaillake.jobs.tables;

import io.retaillake.common.command.ClosestName;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableQuery;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import io.retaillake.common.sqltable.BuildOrder;
import io.retaillake.common.sqltable.DefinitionOptions;
import io.retaillake.common.sqltable.LakeTables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Builds tables that are defined by a query and a contract, each after those that it reads. All definitions are checked before
 * anything is read. A table that fails does not keep those from being built that don't read it.
 */
@Command(
        name = "BuildTable",
        description =
                "Builds tables that are defined in SQL: those that come with the library, and those in the folder --tables.")
public final class BuildTable implements Job {

    private static final int SAMPLE_ROWS = 20;

    @Mixin
    private RunOptions runOptions;

    @Mixin
    private DefinitionOptions definitions;

    @Option(
            names = "--table",
            paramLabel = "<layer.name>",
            description =
                    "The table to build; repeatable. Also one that was built before, from the definition that it keeps. Default: all of the"
                            + " library and of --tables but those that are built on request, each after those that it reads.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "true",
            description = "Show inputs, months, plan and some rows of each table, and publish nothing.")
    private boolean dryRun;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new BuildTable(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        JobArguments arguments = runOptions.arguments(problems);
        return progress -> run(arguments, progress);
    }

    private void run(JobArguments arguments, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        progress.watch(lake.spark());
        progress.step("check the definitions", 0);
        Problems problems = new Problems();
        LakeTables ofLake = LakeTables.of(lake);
        TableRegistry registry = definitions.registry(ofLake, problems);
        List<TableDefinition> tables = chosen(registry, ofLake.users(), problems);
        if (problems.isEmpty()) {
            tables.forEach(table -> QueryResult.check(lake.spark(), table, registry, problems));
        }
        problems.throwIfAny("Definitions of tables are wrong; nothing was touched.");
        if (dryRun) {
            TablePreview preview = new TablePreview(lake, registry, arguments.window(), SAMPLE_ROWS);
            tables.forEach(table -> preview.print(table, arguments.runId(), System.out));
        } else {
            build(tables, new TableBuild(lake, registry, arguments, progress), progress);
        }
    }

    /**
     * In the order in which they are built.
     *
     * @param built users' tables as they were built before, each built again only if it is named, as those on request
     */
    private List<TableDefinition> chosen(TableRegistry registry, List<TableDefinition> built, Problems problems) {
        List<TableDefinition> all = registry.tables().stream()
                .filter(table -> table.query().isPresent())
                .toList();
        List<String> known = all.stream().map(TableDefinition::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                problems.add("--table is '" + name + "'"
                        + ClosestName.of(name, known)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse("; defined in SQL are " + String.join(", ", known)));
            }
        }
        return BuildOrder.of(all, problems).stream()
                .filter(table -> names.isEmpty() ? isBuiltUnasked(table, built) : names.contains(table.name()))
                .toList();
    }

    private static boolean isBuiltUnasked(TableDefinition table, List<TableDefinition> built) {
        return !built.contains(table) && !table.query().orElseThrow().onRequest();
    }

    private static void build(List<TableDefinition> tables, TableBuild build, Progress progress) {
        List<JobException> failures = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        long rows = 0;
        int before = 0;
        int number = 0;
        for (TableDefinition table : tables) {
            number++;
            Optional<String> missing = table.query().map(TableQuery::inputs).orElse(List.of()).stream()
                    .filter(failed::contains)
                    .findFirst();
            if (missing.isPresent()) {
                failed.add(table.name());
                failures.add(JobException.badData(
                        table.name() + " was not built: it reads " + missing.get() + ", which failed."));
                continue;
            }
            try {
                Optional<Long> read = build.publish(table, table.name() + " (" + number + " of " + tables.size() + ")");
                rows += read.orElse(0L);
                before += read.isPresent() ? 0 : 1;
            } catch (JobException e) {
                failed.add(table.name());
                failures.add(e);
            }
        }
        progress.processed(rows);
        if (!failures.isEmpty()) {
            throw failures.size() == 1 ? failures.get(0) : JobException.several(failures);
        }
        if (before == tables.size()) {
            progress.publishedBefore();
        }
    }
}
