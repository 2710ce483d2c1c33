package io.retaillake.jobs.silver;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.common.contract.SilverTables.PURCHASE_REJECTS;
import static io.retaillake.common.contract.SilverTables.REGIONS;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Run;
import io.retaillake.common.purchases.RepeatedHashes;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Builds silver from bronze: parses and validates the purchases of the window's months, joins them to products, customers
 * and places, and keeps aside with its reasons what is not valid. Scans bronze once if all rows are valid, else twice; once more where
 * the source does not enforce the key (all months then, whatever the window), and again where keys repeat.
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
        Publication.run(
                lake, run, SilverTables.ALL, progress, publication -> build(arguments, lake, publication, progress));
    }

    private static void build(JobArguments arguments, Lake lake, Publication publication, Progress progress) {
        Window window = arguments.window();
        BronzeInputs bronze = BronzeInputs.of(lake, publication, window);
        long expectedRows = bronze.purchases().expectedRows();

        bronze.purchases().totals().ifPresent(totals -> PurchasePartitions.decide(lake, totals));
        progress.step("check dimensions", 0);
        PurchaseWriting writing = PurchaseWriting.of(lake, bronze);
        List<Check> checks = new ArrayList<>(writing.dimensions().checks());
        publication.write(REGIONS, writing.dimensions().regions().frame(lake.spark()), OverwriteFilter.everything());

        BronzeCount count;
        try (RepeatedKeys repeatedKeys = repeatedKeys(lake, publication, bronze.purchases(), window, progress)) {
            progress.step("build " + PURCHASES, expectedRows);
            count = bronze.purchases().requirePublished(writing.write(publication, repeatedKeys, window));

            progress.processed(count.read().rows());
            progress.step("keep " + PURCHASE_REJECTS, count.invalidRows() == 0 ? 0 : expectedRows);
            writeRejects(publication, bronze, count.invalidRows() > 0, repeatedKeys.rejected(), arguments);
        }

        progress.step("check silver", 0);
        WrittenRejects rejects = WrittenRejects.of(lake, publication, window);
        SilverChecks written = SilverChecks.of(
                count,
                WrittenSilver.of(lake, publication, window, bronze.purchases().keyIsEnforced()),
                rejects);
        checks.addAll(written.checks());
        written.purchases().record(publication, "rows", "amount");
        rejects.record(publication);
        publication.publish(checks, List.of());
    }

    /** Copies of a key may be in any month, and which of them is kept must not depend on the window. */
    private static RepeatedKeys repeatedKeys(
            Lake lake, Publication publication, PurchasesRead purchases, Window window, Progress progress) {
        if (purchases.keyIsEnforced()) {
            return RepeatedKeys.none(purchases.rows());
        }
        PurchasesRead ofAllMonths = window.isAll() ? purchases : PurchasesRead.of(lake, publication, Window.all());
        long rows = ofAllMonths.expectedRows();
        progress.step("look for repeated keys", rows);
        RepeatedHashes hashes = KeyHashes.ofBronze().repeated(ofAllMonths.rows(), rows);
        if (hashes.isEmpty()) {
            return RepeatedKeys.none(purchases.rows());
        }
        progress.step("compare rows whose keys may repeat", rows);
        return RepeatedKeys.of(
                lake.spark(), ofAllMonths.rows(), purchases.rows(), RowsInWindow.ofSourceMonths(window), hashes);
    }

    private static void writeRejects(
            Publication publication,
            BronzeInputs bronze,
            boolean anyIsInvalid,
            Optional<Dataset<Row>> repeated,
            JobArguments arguments) {
        OverwriteFilter replaced = OverwriteFilter.ofSourceMonths(arguments.window());
        long snapshotId = bronze.purchases().snapshotId();
        // Reading bronze again to find nothing would cost as much as finding something.
        Optional<Dataset<Row>> invalid = anyIsInvalid ? Optional.of(bronze.parsed()) : Optional.empty();
        Stream.concat(
                        invalid.map(rows -> PurchaseRejects.ofInvalid(rows, arguments.runId(), snapshotId)).stream(),
                        repeated.map(rows -> PurchaseRejects.ofRepeated(rows, arguments.runId(), snapshotId)).stream())
                .reduce(Dataset::unionByName)
                .ifPresentOrElse(
                        rejects -> publication.write(PURCHASE_REJECTS, rejects, replaced),
                        () -> publication.writeFiles(PURCHASE_REJECTS, table -> List.of(), replaced));
    }
}
