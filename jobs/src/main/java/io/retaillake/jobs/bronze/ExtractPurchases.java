package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import io.retaillake.common.source.CopyQuery;
import io.retaillake.common.source.SourceCatalog;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceOptions;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.common.source.SourceSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Extracts purchases from one snapshot of the source into {@code bronze.purchase}: the window's months and the rows that
 * belong to none, or everything. Before that it totals every month of the source in the same snapshot; what lands must
 * equal these totals, and other months that no longer equal bronze's are reported as drifted.
 */
@Command(
        name = "ExtractPurchases",
        description = "Extracts purchases from one snapshot of the source into bronze, in parallel, and proves them.")
public final class ExtractPurchases implements Job {

    @Mixin
    private RunOptions runOptions;

    @Mixin
    private SourceOptions sourceOptions;

    @Option(
            names = "--read-parallelism",
            paramLabel = "<n>",
            description = "Ranges to read the table in, and so the most connections at once; default ${DEFAULT-VALUE}.")
    private int readParallelism = 8;

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "true",
            description = "Print how the table would be read, and touch nothing.")
    private boolean dryRun;

    private record Settings(JobArguments arguments, SourceSettings source, int readParallelism) {}

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new ExtractPurchases(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        if (readParallelism < 1) {
            problems.add("--read-parallelism is " + readParallelism + "; allowed: 1 and more");
        }
        Settings settings =
                new Settings(runOptions.arguments(problems), sourceOptions.settings(problems), readParallelism);
        return dryRun ? progress -> printPlan(settings) : progress -> run(settings, progress);
    }

    private static void printPlan(Settings settings) {
        SourceSettings source = settings.source();
        try (Connection connection = new SourceConnector(source).connect()) {
            List<SourceRelation> relations =
                    new SourceCatalog(connection, source.schema()).relations(List.of(PURCHASE));
            ExtractionPlan plan = ExtractionPlan.of(connection, relations.get(0), settings.readParallelism());
            try (SourceSnapshot snapshot = SourceSnapshot.export(connection, relations)) {
                System.out.print(plan.describe());
                System.out.println("snapshot     " + snapshot.id() + " at " + snapshot.position() + ", "
                        + snapshot.takenAt() + "; the extraction takes one of its own");
            }
            System.out.println("target       " + PURCHASE + " in "
                    + settings.arguments().lake().root() + "/"
                    + PURCHASE.folder() + ", replacing "
                    + PurchaseScope.of(settings.arguments().window()));
            plan.requireFreeConnections();
        } catch (SQLException e) {
            throw JobException.outsideSystem("The source failed: " + e.getMessage(), e);
        }
    }

    private void run(Settings settings, Progress progress) {
        JobArguments arguments = settings.arguments();
        Lake lake = Lake.open(arguments.lake(), name());
        progress.watch(lake.spark());
        Map<String, String> identity = Map.of(
                "window", arguments.window().toString(),
                "source-schema", settings.source().schema());
        Run run = new Run(arguments.runId(), name(), new TreeMap<>(identity));
        Publication.run(
                lake,
                run,
                List.of(PURCHASE),
                progress,
                publication -> new Extraction(lake.spark(), settings.source())
                        .run(
                                List.of(PURCHASE),
                                (snapshot, relations) ->
                                        extract(settings, lake, publication, snapshot, relations.get(0), progress)));
    }

    private static void extract(
            Settings settings,
            Lake lake,
            Publication publication,
            SourceSnapshot snapshot,
            SourceRelation relation,
            Progress progress)
            throws SQLException {
        publication.startOver();
        ExtractionPlan plan = ExtractionPlan.of(snapshot.connection(), relation, settings.readParallelism());
        plan.requireFreeConnections();
        Extraction.recordSource(publication, snapshot, List.of(relation));
        if (plan.reasonForOneConnection() != null) {
            publication.recordFact("one_connection_because", plan.reasonForOneConnection());
        }

        progress.step("total the source's purchases", 0);
        PurchaseScope scope = PurchaseScope.of(settings.arguments().window());
        SourceTotals totals = SourceTotals.read(snapshot.connection(), relation, !scope.isAll());
        PurchaseTotals source = totals.totals();
        BronzePurchases bronze = new BronzePurchases(lake, publication);
        Drift.report(Drift.find(scope, source, bronze.totalsBefore()), publication);

        String inScope = scope.sourceCondition(source.byMonth().keySet());
        SourceValues.require(snapshot.connection(), PURCHASE, relation, inScope);
        List<String> ranges = scope.isAll() ? plan.conditions() : plan.conditionsIn(totals.pagesOf(scope));
        List<String> conditions =
                ranges.stream().map(range -> range + " AND " + inScope).toList();
        progress.step("extract " + PURCHASE, source.only(scope).sum().rows());
        List<CopyQuery> queries =
                new SnapshotReader(settings.source(), snapshot).copies(PURCHASE, relation, conditions);
        bronze.writeFiles(table -> CopiedFiles.write(lake.spark(), PURCHASE, table, queries), scope);
        // The check reads bronze; the source may clean up again.
        snapshot.release();
        bronze.publish(scope, source, relation.keyIsEnforced(), progress);
    }
}
