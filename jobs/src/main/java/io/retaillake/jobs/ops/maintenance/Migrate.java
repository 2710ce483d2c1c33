package io.retaillake.jobs.ops.maintenance;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.lake.TableMigration;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.sqltable.DefinitionOptions;
import io.retaillake.common.sqltable.LakeTables;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Makes the tables of a lake that an older version made what the contracts say now: columns are added and widened, comments and
 * properties are set. Data files stay as they are. Tables are changed one after the other, each in one commit, so that a repetition
 * does what was not done yet; where one table can't be changed, none is.
 */
@Command(
        name = "Migrate",
        description = "Brings the tables of an older lake up to date: new and wider columns, comments, properties.")
public final class Migrate implements Job {

    private final TableRegistry modules;

    @Mixin
    private LakeOptions lakeOptions;

    @Mixin
    private DefinitionOptions definitions;

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "true",
            description = "Print what would be changed, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--despite-runs",
            arity = "0..1",
            fallbackValue = "true",
            description =
                    "Change tables that runs have unpublished branches of, because those runs are dead. A run of an"
                            + " older version that is still at work may fail, publishes nothing then, and can be repeated.")
    private boolean despiteRuns;

    public Migrate() {
        this(TableRegistry.load());
    }

    Migrate(List<TableContract> contracts) {
        this(TableRegistry.of(List.of())
                .with(contracts.stream().map(TableDefinition::of).toList()));
    }

    private Migrate(TableRegistry modules) {
        this.modules = modules;
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new Migrate(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        return progress -> run(lake, progress);
    }

    private void run(LakeSettings settings, Progress progress) {
        Lake lake = MaintenanceRun.open(settings, name(), progress);
        progress.step("compare the tables with their contracts", 0);
        Problems problems = new Problems();
        TableRegistry registry = definitions.registry(LakeTables.of(lake, modules), problems);
        problems.throwIfAny("Definitions of tables are wrong; nothing was touched.");
        List<TableMigration> tables = registry.contracts().stream()
                // Of a table whose definition can't be read it is not known what it should be.
                .filter(contract -> !contract.columns().isEmpty())
                .map(contract -> TableMigration.of(lake, contract))
                .flatMap(Optional::stream)
                .toList();
        tables.forEach(
                table -> table.changes().forEach(change -> System.out.println(table.contract() + ": " + change)));
        requirePossible(tables);
        List<TableMigration> older =
                tables.stream().filter(table -> !table.changes().isEmpty()).toList();
        if (older.isEmpty()) {
            System.out.println("Nothing to do: all " + tables.size() + " tables are what the contracts say.");
        } else if (dryRun) {
            System.out.println("Nothing was changed; " + older.size() + " of " + tables.size() + " tables would be.");
        } else {
            requireNoRun(older);
            change(lake, older, progress);
            System.out.println("Done: " + older.size() + " of " + tables.size() + " tables were changed.");
        }
    }

    private static void requirePossible(List<TableMigration> tables) {
        List<String> obstacles = new ArrayList<>();
        tables.forEach(
                table -> table.obstacles().forEach(obstacle -> obstacles.add(table.contract() + ": " + obstacle)));
        if (!obstacles.isEmpty()) {
            throw JobException.badArguments("Nothing was changed, because " + obstacles.size()
                    + " differences between the tables and the contracts can't be removed:\n- "
                    + String.join("\n- ", obstacles));
        }
    }

    private void requireNoRun(List<TableMigration> tables) {
        List<String> runs = tables.stream()
                .flatMap(table -> table.unpublishedRuns().stream().map(run -> run + " on " + table.contract()))
                .toList();
        if (!despiteRuns && !runs.isEmpty()) {
            throw JobException.outsideSystem(
                    "Nothing was changed, because runs may be at work on the tables:\n- " + String.join("\n- ", runs)
                            + "\nWait until they have ended. If they are dead or have failed, add --despite-runs: their"
                            + " branches stay, and to repeat the runs writes them anew.",
                    null);
        }
    }

    private void change(Lake lake, List<TableMigration> tables, Progress progress) {
        TreeMap<String, String> done = new TreeMap<>();
        for (TableMigration table : tables) {
            progress.step("change " + table.contract(), 0);
            done.put(table.contract().qualifiedName(), String.join("; ", table.changes()));
            table.apply();
        }
        MaintenanceRun.record(
                lake, name(), "migrate", Instant.now(), Map.of(), publication -> done.forEach(publication::recordFact));
    }
}
