package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Job;
import io.retaillake.common.job.JobArguments;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Progress;
import io.retaillake.common.job.RunOptions;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.publish.Run;
import java.sql.Date;
import java.time.YearMonth;
import java.util.List;
import picocli.CommandLine.Mixin;

/**
 * What the jobs of the gold layer share: read {@code silver.purchases}, aggregate, check that the mart adds up to what was
 * read, publish.
 */
abstract class Mart implements Job {

    private final TableContract mart;

    @Mixin
    private RunOptions runOptions;

    /** The job of {@code mart}, which it publishes. */
    Mart(TableContract mart) {
        this.mart = mart;
    }

    /**
     * Writes the rows that the mart shall have in the window's months and, where it is not partitioned by month, in all others.
     *
     * @param replaced those that it has in their place
     */
    abstract void write(MartInput input, Replacement replaced);

    final TableContract mart() {
        return mart;
    }

    @Override
    public Work prepare(Problems problems) {
        JobArguments arguments = runOptions.arguments(problems);
        return progress -> run(arguments, progress);
    }

    private void run(JobArguments arguments, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        lake.readPartitionsWhole();
        progress.watch(lake.spark());
        Run run = Run.ofWindow(arguments, name());
        Publication.run(
                lake, run, List.of(mart), publication -> build(lake, publication, arguments.window(), progress));
    }

    private void build(Lake lake, Publication publication, Window window, Progress progress) {
        // A mart with rows over the whole period needs the whole period, whatever the window.
        Window months = hasPartitions() ? window : Window.all();
        long snapshotId = publication.input(PURCHASES, "BuildPurchases", months);
        progress.step("total " + PURCHASES, 0);
        MartFigures silver = MartFigures.ofSilver(lake, snapshotId, window);

        progress.step("build " + mart, silver.rows());
        write(MartInput.of(lake, publication, snapshotId, window, progress));

        progress.step("check " + mart, 0);
        WrittenMart written = WrittenMart.of(publication.written(mart), dateColumn(), window, hasPartitions());
        publication.recordFact("rows", written.rows());
        publication.recordFact("count", written.figures().rows());
        publication.recordFact("amount", written.figures().amount().toPlainString());
        publication.publish(written.checks(mart, silver), reportedTag(publication, written, window));
    }

    private void write(MartInput input) {
        try {
            write(
                    input,
                    hasPartitions() ? Replacement.ofMonths(dateColumn(), input.window()) : Replacement.everything());
        } catch (Exception e) {
            if (Measures.isBeyondType(e)) {
                throw JobException.badData(
                        mart + " was not published. " + Measures.BEYOND_TYPE + "\nReaders still see it as it was.");
            }
            throw e;
        }
    }

    /**
     * Names the mart's newest month where the window ends with it, so that its figures can be found as they were first reported.
     * An older month was reported before; a run of it brings corrected figures.
     */
    private List<String> reportedTag(Publication publication, WrittenMart written, Window window) {
        return written.lastDate()
                .map(YearMonth::from)
                .filter(last -> window.isAll() || last.equals(newestMonth(publication)))
                .map(month -> List.of("reported-" + month))
                .orElse(List.of());
    }

    private YearMonth newestMonth(Publication publication) {
        Date newest =
                publication.written(mart).agg(max(col(dateColumn()))).head().getDate(0);
        return YearMonth.from(newest.toLocalDate());
    }

    private boolean hasPartitions() {
        return !mart.partitions().isEmpty();
    }

    private String dateColumn() {
        return mart.columnNames().contains("month") ? "month" : "purchase_date";
    }
}
