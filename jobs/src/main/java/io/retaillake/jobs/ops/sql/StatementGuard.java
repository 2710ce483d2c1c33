package io.retaillake.jobs.ops.sql;

import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.spark.ParsedPlans;
import io.retaillake.common.spark.ScalaCollections;
import io.retaillake.common.sqltable.LakeTables;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.PersistedView$;
import org.apache.spark.sql.catalyst.plans.logical.CacheTable;
import org.apache.spark.sql.catalyst.plans.logical.CacheTableAsSelect;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.DescribeColumn;
import org.apache.spark.sql.catalyst.plans.logical.DescribeFunction;
import org.apache.spark.sql.catalyst.plans.logical.DescribeNamespace;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.DropTable;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.RefreshTable;
import org.apache.spark.sql.catalyst.plans.logical.SetCatalogAndNamespace;
import org.apache.spark.sql.catalyst.plans.logical.ShowColumns;
import org.apache.spark.sql.catalyst.plans.logical.ShowCreateTable;
import org.apache.spark.sql.catalyst.plans.logical.ShowFunctions;
import org.apache.spark.sql.catalyst.plans.logical.ShowPartitions;
import org.apache.spark.sql.catalyst.plans.logical.ShowTableProperties;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.ShowViews;
import org.apache.spark.sql.catalyst.plans.logical.UncacheTable;
import org.apache.spark.sql.catalyst.plans.logical.views.ShowIcebergViews;
import org.apache.spark.sql.execution.command.ClearCacheCommand$;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.execution.command.ResetCommand;
import org.apache.spark.sql.execution.command.SetCatalogCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import org.apache.spark.sql.execution.command.SetNamespaceCommand;
import org.apache.spark.sql.execution.command.ShowCatalogsCommand;
import org.apache.spark.sql.execution.command.ShowCurrentNamespaceCommand;
import org.apache.spark.sql.execution.datasources.CreateTempViewUsing;

/**
 * Refuses statements that write where only reading is asked for, and always those that write what the jobs publish. It protects from
 * mistakes: who may write the lake's files and its catalog can do so by other tools.
 */
final class StatementGuard {

    /** The commands that change nothing beyond the session; EXPLAIN runs nothing of what it explains. */
    private static final Set<Class<?>> READING = Set.of(
            CacheTable.class,
            CacheTableAsSelect.class,
            ClearCacheCommand$.class,
            CreateTempViewUsing.class,
            DescribeColumn.class,
            DescribeFunction.class,
            DescribeNamespace.class,
            DescribeQueryCommand.class,
            DescribeRelation.class,
            ExplainCommand.class,
            RefreshTable.class,
            ResetCommand.class,
            SetCatalogAndNamespace.class,
            SetCatalogCommand.class,
            SetNamespaceCommand.class,
            ShowCatalogsCommand.class,
            ShowColumns.class,
            ShowCreateTable.class,
            ShowCurrentNamespaceCommand.class,
            ShowFunctions.class,
            ShowIcebergViews.class,
            ParsedPlans.SHOW_NAMESPACES,
            ShowPartitions.class,
            ParsedPlans.SHOW_TABLE_EXTENDED,
            ShowTableProperties.class,
            ShowTables.class,
            ShowViews.class,
            UncacheTable.class);

    private static final String CATALOG_SETTINGS = "spark.sql.catalog";

    private final Lake lake;

    StatementGuard(Lake lake) {
        this.lake = lake;
    }

    /**
     * Looks for what a statement would write.
     *
     * @param mayWrite whether tables of the user's own may be written
     * @throws JobException exit code 2 for what may not be written
     */
    void require(LogicalPlan plan, boolean mayWrite) {
        if (isRead(plan)) {
            return;
        }
        if (isWrite(plan)) {
            requireOwn(plan);
            if (!mayWrite) {
                throw JobException.badArguments(statement(plan)
                        + " writes, and without --write only what reads is taken; nothing was run."
                        + "\nAdd --write if the table is your own.");
            }
            return;
        }
        ScalaCollections.list(plan.children()).forEach(child -> require(child, mayWrite));
    }

    private static boolean isRead(LogicalPlan plan) {
        if (plan instanceof SetCommand set) {
            return set.kv().isEmpty()
                    || set.kv().get()._2().isEmpty()
                    || !set.kv().get()._1().toLowerCase(Locale.ROOT).startsWith(CATALOG_SETTINGS);
        }
        if (plan instanceof CreateViewCommand view) {
            return view.viewType() != PersistedView$.MODULE$;
        }
        return READING.contains(plan.getClass());
    }

    private static boolean isWrite(LogicalPlan plan) {
        return plan instanceof Command
                || plan instanceof ParsedStatement
                || plan instanceof InsertIntoDir
                || ParsedPlans.actsThoughNoCommand(plan);
    }

    private void requireOwn(LogicalPlan write) {
        if (write instanceof InsertIntoDir) {
            throw JobException.badArguments(
                    "INSERT OVERWRITE DIRECTORY replaces a folder, whatever it holds, so it is not run"
                            + " even with --write; nothing was run.\nGive the query alone, and --export <folder>.");
        }
        WrittenNames written = WrittenNames.of(write);
        if (!written.areKnown()) {
            throw JobException.badArguments("What " + statement(write)
                    + " writes can't be told from it, so it is not run even with --write; nothing was run."
                    + "\nName tables plainly, without IDENTIFIER(…); set a catalog by --conf.");
        }
        written.names().stream()
                .flatMap(List::stream)
                .filter(part -> part.contains("/"))
                .findFirst()
                .ifPresent(path -> {
                    throw JobException.badArguments(
                            statement(write) + " names " + path
                                    + " by its path, and what lies there can't be told, so it is not run even with --write; nothing was run."
                                    + "\nName tables by the catalog; run what needs further jars by spark-submit, with its --jars.");
                });
        LakeTables tables = LakeTables.of(lake);
        publishedNames(tables.modules()).among(written).ifPresent(name -> {
            throw JobException.badArguments(statement(write) + " would write " + name
                    + ", which belongs to the jobs and what they publish, so it is not run even with --write; nothing was run."
                    + "\nRun the pipeline for its months to replace rows, CleanUp to remove old versions, branches and tags,"
                    + " CheckLake --restore to get a table back.\nFor tables of your own take other names.");
        });
        if (!(write instanceof DropTable drop && drop.purge())) {
            publishedNames(tables.registry()).among(written).ifPresent(name -> {
                throw JobException.badArguments(statement(write) + " would write " + name
                        + ", which BuildTable builds from its definition, so it is not run even with --write; nothing was run."
                        + "\nChange the definition and build the table. To get rid of it with all its versions: DROP TABLE "
                        + name + " PURGE, with --write.");
            });
        }
    }

    private PublishedNames publishedNames(TableRegistry tables) {
        return new PublishedNames(
                tables.contracts(),
                lake.settings().root(),
                List.of(lake.spark().sessionState().catalogManager().currentNamespace()));
    }

    /** The statement's keywords, e.g. DROP TABLE, from the name of Spark's class for it. */
    private static String statement(LogicalPlan plan) {
        return plan.getClass()
                .getSimpleName()
                .replaceAll("(Statement|Command|Iceberg|\\$)", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
    }
}
