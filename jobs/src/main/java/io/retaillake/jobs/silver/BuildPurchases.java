package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.common.contract.SilverTables.PURCHASE_REJECTS;
import static io.retaillake.common.contract.SilverTables.REGIONS;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.Job;
import io.retaillake.common.job.JobArguments;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Progress;
import io.retaillake.common.job.RunOptions;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Run;
import io.retaillake.common.publish.TextRows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Builds silver from bronze: parses and validates the purchases of the window's months, joins them to products, customers
 * and places, and keeps aside with its reasons what is not valid. Scans bronze once if all rows are valid, else twice.
 */
@Command(
        name = "BuildPurchases",
        description =
                "Builds silver: purchases parsed, validated and joined, the rejected ones with their reasons, and the"
                        + " places of the postal areas.")
public final class BuildPurchases implements Job {

    @Mixin
    private RunOptions runOptions;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new BuildPurchases(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        JobArguments arguments = runOptions.arguments(problems);
        return progress -> run(arguments, progress);
    }

    private void run(JobArguments arguments, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        progress.watch(lake.spark());
        Run run = Run.ofWindow(arguments, name());
        Publication.run(lake, run, SilverTables.ALL, publication -> build(arguments, lake, publication, progress));
    }

    private static void build(JobArguments arguments, Lake lake, Publication publication, Progress progress) {
        Window window = arguments.window();
        BronzeInputs bronze = BronzeInputs.read(lake, publication, window);
        long expectedRows = bronze.expectedRows();

        progress.step("check dimensions", 0);
        TextRows regions = Regions.of(bronze.zipcode());
        List<Check> checks = new ArrayList<>(List.of(
                DimensionKeys.requireUnique(bronze.products()), DimensionKeys.requireUnique(bronze.customers())));
        publication.write(REGIONS, regions.frame(lake.spark()), Replacement.everything());

        RepeatedKeys repeatedKeys = RepeatedKeys.NONE;
        if (!bronze.keyIsEnforced()) {
            progress.step("look for repeated keys", expectedRows);
            repeatedKeys = RepeatedKeys.find(valid(bronze));
        }

        progress.step("build " + PURCHASES, expectedRows);
        Dimensions dimensions = Dimensions.of(bronze.products(), bronze.customers(), regions);
        BronzeCount count =
                bronze.requirePublished(writePurchases(publication, bronze, repeatedKeys, dimensions, window));

        long invalidRows = count.invalidRows() + repeatedKeys.count();
        progress.step("keep " + PURCHASE_REJECTS, invalidRows == 0 ? 0 : expectedRows);
        writeRejects(publication, bronze, repeatedKeys, invalidRows, arguments);

        progress.step("check silver", 0);
        SilverChecks written = SilverChecks.of(
                count, WrittenSilver.of(lake, publication, window), WrittenRejects.of(lake, publication, window));
        checks.addAll(written.checks());
        written.purchases().record(publication, "rows", "amount");
        written.rejects().record(publication, "rejected_rows", "rejected_amount");
        publication.publish(checks, List.of());
    }

    /** Writes the valid rows and returns what was read; counted on the way unless that would take a second way. */
    private static BronzeCount writePurchases(
            Publication publication,
            BronzeInputs bronze,
            RepeatedKeys repeatedKeys,
            Dimensions dimensions,
            Window window) {
        JavaRDD<InternalRow> kept =
                repeatedKeys.exist() ? PurchaseParser.rows(repeatedKeys.keptOf(valid(bronze))) : bronze.purchaseRows();
        AtomicReference<BronzeCount> read = new AtomicReference<>();
        publication.writeFiles(
                PURCHASES,
                table -> {
                    WrittenPurchases written = WrittenPurchases.write(table, kept, dimensions);
                    read.set(written.read());
                    return written.files();
                },
                Replacement.ofYearsAndMonths("purchase_year", "purchase_month", window));
        return publication.isDone(PURCHASES) || repeatedKeys.exist()
                ? BronzeCount.of(PurchaseParser.parse(bronze.purchases()))
                : read.get();
    }

    private static Dataset<Row> valid(BronzeInputs bronze) {
        return PurchaseParser.parse(bronze.purchases()).where(PurchaseParser.VALID);
    }

    private static void writeRejects(
            Publication publication,
            BronzeInputs bronze,
            RepeatedKeys repeatedKeys,
            long invalidRows,
            JobArguments arguments) {
        Window window = arguments.window();
        Replacement replaced = window.isAll()
                ? Replacement.everything()
                : Replacement.ofValues("source_month", RowsInWindow.sourceMonths(window));
        if (invalidRows == 0) {
            // Reading bronze again to find nothing would cost as much as finding something.
            publication.writeFiles(PURCHASE_REJECTS, table -> List.of(), replaced);
            return;
        }
        long snapshotId = bronze.purchaseSnapshotId();
        Dataset<Row> rejects =
                PurchaseRejects.ofInvalid(PurchaseParser.parse(bronze.purchases()), arguments.runId(), snapshotId);
        if (repeatedKeys.exist()) {
            rejects = rejects.unionByName(
                    PurchaseRejects.ofRepeated(repeatedKeys.repeatedOf(valid(bronze)), arguments.runId(), snapshotId));
        }
        publication.write(PURCHASE_REJECTS, rejects, replaced);
    }
}
